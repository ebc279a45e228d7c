package io.wafleet.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.wafleet.architecture.sample.core.Impure;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A rule that cannot fail guards nothing: each is shown a class that breaks it. */
final class ModuleRulesTest {
    private static final String CORE = "io.wafleet.architecture.sample.core";
    private static final JavaClasses SAMPLE = new ClassFileImporter().importClasses(Impure.class);

    private static String violations(ArchRule rule) {
        return String.join("\n", rule.evaluate(SAMPLE).getFailureReport().getDetails());
    }

    @Test
    void seesClockAndChanceHoweverTheyAreRead() {
        assertThat(violations(ModuleRules.noWallClock(CORE))).contains("readsTheClock").contains("handsTheClockOut")
                .contains("readsNanos").contains("isRandom").doesNotContain("isRepeatable");
    }

    @Test
    void seesThreadsAndFilesInACore() {
        assertThat(violations(ModuleRules.pureCore(CORE))).contains("startsAThread").contains("readsAFile")
                .contains("readsTheClock").doesNotContain("isRepeatable");
    }

    @Test
    void seesTechnologyOutsideItsAdapter() {
        assertThat(violations(ModuleRules.onlyIn("java.nio.file..", "somewhere.else"))).contains("readsAFile");
        assertThat(violations(ModuleRules.onlyIn("java.nio.file..", CORE))).isEmpty();
    }

    @Test
    void seesPublicTypesOfAnAdapter() {
        assertThat(violations(ModuleRules.nothingPublicIn(CORE))).contains("Impure");
        assertThat(violations(ModuleRules.nothingPublicIn(CORE, "Impure"))).isEmpty();
    }
}
