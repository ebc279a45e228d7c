package io.wafleet.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;

/** The rules, on common itself. */
final class ArchitectureTest {
    private static final JavaClasses MODULE = ModuleRules.classesOf("io.wafleet");

    @Test
    void contractAndIdentityReadNoClock() {
        ModuleRules.noWallClock("io.wafleet.contract..", "io.wafleet.identity..", "io.wafleet.settings..")
                .check(MODULE);
    }

    @Test
    void kafkaIsSpokenInItsPackageOnly() {
        ModuleRules.onlyIn("org.apache.kafka..", "io.wafleet.kafka").check(MODULE);
    }

    @Test
    void phoneLibraryIsSpokenInIdentityOnly() {
        ModuleRules.onlyIn("com.google.i18n..", "io.wafleet.identity").check(MODULE);
    }

    @Test
    void jsonLibraryIsSpokenInTheContractOnly() {
        ModuleRules.onlyIn("tools.jackson..", "io.wafleet.contract").check(MODULE);
    }

    @Test
    void packagesHaveNoCycles() {
        ModuleRules.noCycles("io.wafleet").check(MODULE);
    }
}
