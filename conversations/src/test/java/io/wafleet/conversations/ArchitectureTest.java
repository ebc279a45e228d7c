package io.wafleet.conversations;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.wafleet.architecture.ModuleRules;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    private static final String ROOT = "io.wafleet.conversations";
    private static final String SQLITE = ROOT + ".sqlite";
    private static final String PROJECTOR = ROOT + ".projector";
    private static final String FIRESTORE = ROOT + ".firestore";
    private static final JavaClasses MODULE = ModuleRules.classesOf(ROOT);

    @Test
    void theCoreIsPure() {
        ModuleRules.pureCore(ROOT).check(MODULE);
        ModuleRules.noWallClock(ROOT + ".moving").check(MODULE);
    }

    @Test
    void technologiesStayInTheirAdapters() {
        ModuleRules.onlyIn("java.sql..", SQLITE).check(MODULE);
        ModuleRules.onlyIn("org.sqlite..", SQLITE).check(MODULE);
        ModuleRules.onlyIn("org.apache.kafka..", PROJECTOR).check(MODULE);
        ModuleRules.onlyIn("com.google..", FIRESTORE).check(MODULE);
        ModuleRules.onlyIn("io.grpc..", FIRESTORE).check(MODULE);
    }

    @Test
    void adaptersShowOnlyWhatIsWired() {
        ModuleRules.nothingPublicIn(SQLITE, "SqliteConversationStore", "SqliteConversationReads").check(MODULE);
        ModuleRules.nothingPublicIn(FIRESTORE, "FirestoreConversationStore", "FirestoreConversationReads",
                "FirestoreOriginal")
                .check(MODULE);
    }

    @Test
    void packagesHaveNoCycles() {
        ModuleRules.noCycles(ROOT).check(MODULE);
    }
}
