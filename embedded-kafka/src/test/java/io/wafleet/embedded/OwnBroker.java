package io.wafleet.embedded;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a test class with {@link BrokerExtension}: its broker is shared with nobody, so the tests may stop and start it. Always the
 * embedded one; it starts in a third of a second once another has run in the same JVM.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface OwnBroker {
}
