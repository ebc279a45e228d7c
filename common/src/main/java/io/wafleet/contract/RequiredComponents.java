package io.wafleet.contract;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses a record whose JSON left out a component that may not be null: JSON knows nothing of our null annotations. */
final class RequiredComponents {
    private static final ClassValue<List<RecordComponent>> REQUIRED = new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> type) {
            List<RecordComponent> required = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                component.getAccessor().trySetAccessible();
                if (!component.getType().isPrimitive() && !isNullable(component.getAnnotatedType())) {
                    required.add(component);
                }
            }
            return List.copyOf(required);
        }
    };

    private RequiredComponents() {}

    private static boolean isNullable(AnnotatedElement type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    static void check(Object value) {
        if (!value.getClass().isRecord()) {
            return;
        }
        for (RecordComponent component : REQUIRED.get(value.getClass())) {
            Object part = read(component, value);
            if (part == null) {
                throw new UnreadableRecordException("field " + component.getName() + ": is missing");
            }
            check(part);
        }
    }

    private static @Nullable Object read(RecordComponent component, Object value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
