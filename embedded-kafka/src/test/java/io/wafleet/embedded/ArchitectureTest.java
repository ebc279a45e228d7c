package io.wafleet.embedded;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.wafleet.architecture.ModuleRules;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    private static final JavaClasses MODULE = ModuleRules.classesOf("io.wafleet.embedded");

    @Test
    void showsOnlyTheBrokerItsSettingsAndWhatCanGoWrong() {
        ModuleRules.nothingPublicIn("io.wafleet.embedded", "EmbeddedBroker", "EmbeddedBrokerSettings",
                "DataDirException").check(MODULE);
    }
}
