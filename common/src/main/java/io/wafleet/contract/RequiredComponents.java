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
        String missing = missing(value);
        if (missing != null) {
            throw new UnreadableRecordException("field " + missing + ": is missing");
        }
    }

    /** Where the first missing component belongs; null when there is none. */
    private static @Nullable String missing(Object value) {
        if (!value.getClass().isRecord()) {
            return null;
        }
        for (RecordComponent component : REQUIRED.get(value.getClass())) {
            Object part = read(component, value);
            String missing = part == null ? "" : missing(part);
            if (missing != null) {
                return missing.isEmpty() ? component.getName() : component.getName() + "." + missing;
            }
        }
        return null;
    }

    private static @Nullable Object read(RecordComponent component, Object value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
