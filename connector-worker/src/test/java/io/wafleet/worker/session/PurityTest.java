package io.wafleet.worker.session;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** The machine decides and does nothing: no clock, no chance, no log, no I/O, no thread. The port knows nobody. */
class PurityTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.wafleet.worker.session", "io.wafleet.worker.connector");

    @Test
    void sessionKnowsNothingThatDoes() {
        noClasses().that().resideInAPackage("io.wafleet.worker.session").should().dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.net..", "java.nio..", "java.util.concurrent..",
                        "java.util.random..",
                        "java.security..", "org.slf4j..", "io.micrometer..", "org.apache.kafka..", "io.wafleet.kafka..",
                        "io.wafleet.worker.connector.simulated..", "io.wafleet.worker.kafka..",
                        "io.wafleet.worker.partition..", "io.wafleet.worker.ownership..", "io.wafleet.worker.journal..",
                        "io.wafleet.worker.log..")
                .check(CLASSES);
    }

    @Test
    void portKnowsNeitherTheMachineNorItsAdapters() {
        noClasses().that().resideInAPackage("io.wafleet.worker.connector").should().dependOnClassesThat()
                .resideInAnyPackage("io.wafleet.worker.session..", "io.wafleet.worker.connector.simulated..",
                        "java.net..", "org.slf4j..", "org.apache.kafka..")
                .check(CLASSES);
    }

    @Test
    void nothingHereAsksForTheTimeOrForChanceByItself() {
        DescribedPredicate<JavaCall<?>> clock = target(owner(named("java\\.time\\.(Instant|Clock|LocalDateTime)")))
                .and(target(nameMatching("now|system.*")));
        DescribedPredicate<JavaCall<?>> system = target(owner(named("java\\.lang\\.(System|Math|Thread)")))
                .and(target(nameMatching("currentTimeMillis|nanoTime|random|sleep|start")));
        noClasses().that().resideInAnyPackage("io.wafleet.worker.session..", "io.wafleet.worker.connector..").should()
                .callCodeUnitWhere(clock.or(system)).check(CLASSES);
    }

    private static DescribedPredicate<HasName> named(String regex) {
        return nameMatching(regex);
    }
}
