package io.wafleet.worker;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.wafleet.architecture.ModuleRules;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    private static final String ROOT = "io.wafleet.worker";
    private static final JavaClasses MODULE = ModuleRules.classesOf(ROOT);

    @Test
    void whatDecidesIsPure() {
        ModuleRules.pureCore(ROOT + ".ownership", ROOT + ".session", ROOT + ".connector", ROOT + ".journal",
                ROOT + ".media", ROOT + ".backup",
                "io.wafleet.settings", "io.wafleet.conversations", "io.wafleet.conversations.store").check(MODULE);
    }

    @Test
    void loopsGetTheirClockFromOutside() {
        ModuleRules.noWallClock(ROOT + ".partition", ROOT + ".keeping", ROOT + ".log", ROOT + ".backup.store")
                .check(MODULE);
    }

    @Test
    void kafkaStaysBehindItsPorts() {
        ModuleRules.onlyIn("org.apache.kafka..", ROOT, ROOT + ".kafka").check(MODULE);
    }

    @Test
    void theWiringSeesOnlyWhatItPutsTogether() {
        ModuleRules.nothingPublicIn(ROOT + ".kafka", "GroupProtocol", "Choice", "KafkaJournalSource",
                "KafkaProducerFence", "MediaEvents", "OwnerGroup", "TransactionalWriter", "WorkerHeartbeats")
                .check(MODULE);
    }

    @Test
    void theBackupIsReachedThroughItsPort() {
        ModuleRules.nothingPublicIn(ROOT + ".backup.store", "StoreBackups").check(MODULE);
    }

    @Test
    void tinkStaysInItsPackage() {
        ModuleRules.onlyIn("com.google.crypto.tink..", ROOT + ".sealing").check(MODULE);
    }

    @Test
    void noTwoPackagesNeedEachOther() {
        ModuleRules.noCycles(ROOT).check(MODULE);
    }
}
