package io.wafleet.outbox;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The rings of this module. */
class ArchitectureTest {
    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.wafleet.outbox");

    @Test
    void theCoreKnowsOnlyTheContract() {
        classes().that().resideInAPackage("..outbox.core..").should().onlyDependOnClassesThat().resideInAnyPackage(
                "java..", "org.jspecify..", "com.fasterxml.jackson.annotation..", "io.wafleet.contract..",
                "io.wafleet.outbox.core..").check(MODULE);
    }

    @Test
    void onlyTheWiringTakesTheRealClocks() {
        noClasses().that().doNotHaveSimpleName("Wiring").should().callMethod(System.class, "nanoTime").orShould()
                .callMethod(System.class, "currentTimeMillis").orShould().callMethod(Instant.class, "now").orShould()
                .callMethod(InstantSource.class, "system").orShould().callMethod(Clock.class, "systemUTC")
                .check(MODULE);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("io.wafleet.(outbox.*)..").should().beFreeOfCycles().check(MODULE);
    }
}
