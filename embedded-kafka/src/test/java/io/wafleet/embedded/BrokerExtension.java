package io.wafleet.embedded;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class a {@link TestBroker}, as a parameter or as a field of that type. The broker behind it is shared by all test
 * classes of a JVM, unless the class says {@link OwnBroker}: a container where a Docker engine answers, else the embedded one.
 * Topics are fresh for each class.
 */
public final class BrokerExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(BrokerExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) throws IllegalAccessException {
        inject(context, context.getRequiredTestClass(), null);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IllegalAccessException {
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            inject(context, instance.getClass(), instance);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestBroker.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return brokerOf(context);
    }

    private static void inject(ExtensionContext context, Class<?> type, @Nullable Object instance)
            throws IllegalAccessException {
        for (Field field : Arrays.asList(type.getDeclaredFields())) {
            if (field.getType() == TestBroker.class && Modifier.isStatic(field.getModifiers()) == (instance == null)) {
                field.setAccessible(true);
                field.set(instance, brokerOf(context));
            }
        }
    }

    /** One for each outermost test class, closed with it. */
    private static TestBroker brokerOf(ExtensionContext context) {
        ExtensionContext owner = context;
        while (owner.getParent().filter(p -> p.getTestClass().isPresent()).isPresent()) {
            owner = owner.getParent().orElseThrow();
        }
        Class<?> testClass = owner.getRequiredTestClass();
        return owner.getStore(NAMESPACE).computeIfAbsent(TestBroker.class,
                _ -> testClass.isAnnotationPresent(OwnBroker.class)
                        ? TestBroker.own(testClass)
                        : TestBroker.shared(testClass, sharedBroker(context)),
                TestBroker.class);
    }

    /** Closed by JUnit at the end of the run. */
    private static BrokerUnderTest sharedBroker(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent(BrokerUnderTest.class,
                _ -> BrokerUnderTest.startShared(), BrokerUnderTest.class);
    }
}
