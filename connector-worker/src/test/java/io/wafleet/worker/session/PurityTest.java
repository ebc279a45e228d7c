package io.wafleet.worker.session;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.wafleet.architecture.ModuleRules;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** The machine decides and does nothing; the port knows neither the machine nor its adapters. */
class PurityTest {
    private static final String SESSION = "io.wafleet.worker.session";
    private static final String PORT = "io.wafleet.worker.connector";
    private static final String ADAPTER = "io.wafleet.worker.connector.simulated";
    private static final JavaClasses MODULE = ModuleRules.classesOf("io.wafleet.worker");

    @Test
    void machineAndPortArePure() {
        ModuleRules.pureCore(SESSION, PORT, "io.wafleet.worker.media", "io.wafleet.settings").check(MODULE);
    }

    @Test
    void portKnowsNeitherTheMachineNorItsAdapters() {
        noClasses().that().resideInAPackage(PORT).should().dependOnClassesThat().resideInAnyPackage(SESSION, ADAPTER)
                .check(MODULE);
    }

    @Test
    void adapterGetsItsClockFromOutside() {
        ModuleRules.noWallClock(ADAPTER).check(MODULE);
    }

    @Test
    void adapterShowsOnlyWhatTheWiringNeeds() {
        ModuleRules.nothingPublicIn(ADAPTER, "SimulatedConnector", "SimulatedConnectorSettings", "SimulatedMediaOrigin")
                .check(MODULE);
    }
}
