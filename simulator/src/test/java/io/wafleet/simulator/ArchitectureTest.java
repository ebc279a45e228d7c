package io.wafleet.simulator;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.wafleet.architecture.ModuleRules;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** The rings: core (whatsapp, ledger), then loop, then adapters (http, file). */
class ArchitectureTest {
    private static final JavaClasses MODULE = ModuleRules.classesOf("io.wafleet.simulator");
    private static final String[] CORE = {"io.wafleet.simulator.whatsapp", "io.wafleet.simulator.ledger"};

    @Test
    void coreIsPure() {
        classes().that().resideInAnyPackage(CORE).should().onlyDependOnClassesThat()
                .resideInAnyPackage("io.wafleet.simulator.whatsapp", "io.wafleet.simulator.ledger",
                        "io.wafleet.contract..", "java.lang..", "java.util..", "java.time..", "java.math..",
                        "java.security",
                        "java.io", "com.fasterxml.jackson.annotation", "org.jspecify..")
                .check(MODULE);
    }

    @Test
    void coreReadsNoClockAndDrawsNoChance() {
        ModuleRules.noWallClock(CORE).check(MODULE);
    }

    @Test
    void loopKnowsNoAdapter() {
        noClasses().that().resideInAPackage("io.wafleet.simulator.loop").should().dependOnClassesThat()
                .resideInAnyPackage("io.wafleet.simulator.http", "io.wafleet.simulator.file", "io.vertx..",
                        "java.nio..")
                .check(MODULE);
    }

    @Test
    void vertxIsSpokenInItsAdapterOnly() {
        ModuleRules.onlyIn("io.vertx..", "io.wafleet.simulator.http", "io.wafleet.simulator").check(MODULE);
        ModuleRules.onlyIn("com.google.zxing..", "io.wafleet.simulator.http").check(MODULE);
    }

    @Test
    void packagesHaveNoCycles() {
        ModuleRules.noCycles("io.wafleet.simulator").check(MODULE);
    }
}
