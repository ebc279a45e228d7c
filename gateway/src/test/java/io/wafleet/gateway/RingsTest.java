package io.wafleet.gateway;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

final class RingsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.wafleet.gateway");
    private static final String[] CORE = {"io.wafleet.gateway.view..", "io.wafleet.gateway.request.."};

    @Test
    void theCoreKnowsNoLoopNoAdapterAndNoLibrary() {
        noClasses().that().resideInAnyPackage(CORE).should().dependOnClassesThat().resideInAnyPackage("io.vertx..",
                "org.apache.kafka..", "org.slf4j..", "io.micrometer..", "com.github..", "io.wafleet.gateway.desk..",
                "io.wafleet.gateway.kafka..", "io.wafleet.gateway.http..").check(CLASSES);
    }

    @Test
    void theLoopKnowsNoAdapter() {
        noClasses().that().resideInAPackage("io.wafleet.gateway.desk..").should().dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "org.apache.kafka..", "io.wafleet.gateway.kafka..",
                        "io.wafleet.gateway.http..")
                .check(CLASSES);
    }

    @Test
    void adaptersDoNotKnowEachOther() {
        noClasses().that().resideInAPackage("io.wafleet.gateway.http..").should().dependOnClassesThat()
                .resideInAnyPackage("io.wafleet.gateway.kafka..", "org.apache.kafka..").check(CLASSES);
    }

    @Test
    void onlyTheWiringReadsTheWallClock() {
        noClasses().that().doNotHaveSimpleName("Wiring").should().callMethod(Instant.class, "now").check(CLASSES);
        noClasses().that().resideInAnyPackage(CORE).should().callMethod(System.class, "nanoTime").check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.wafleet.gateway.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
