package io.wafleet.outbox;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.wafleet.architecture.ModuleRules;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    private static final JavaClasses MODULE = ModuleRules.classesOf("io.wafleet.outbox");

    @Test
    void theCoreIsPure() {
        ModuleRules.pureCore("io.wafleet.outbox.core").check(MODULE);
    }

    @Test
    void theAdapterIsHandedItsClocks() {
        ModuleRules.noWallClock("io.wafleet.outbox.kafka").check(MODULE);
    }

    @Test
    void kafkaStaysInItsAdapterAndTheWiring() {
        ModuleRules.onlyIn("org.apache.kafka..", "io.wafleet.outbox.kafka", "io.wafleet.outbox").check(MODULE);
        ModuleRules.onlyIn("org.rocksdb..", "io.wafleet.outbox.kafka").check(MODULE);
    }

    @Test
    void theAdapterShowsOnlyWhatTheWiringNeeds() {
        // BoundedRocksDb is made by Streams, by its class name.
        ModuleRules.nothingPublicIn("io.wafleet.outbox.kafka", "KafkaOutbox", "StreamsOptions", "BoundedRocksDb")
                .check(MODULE);
    }

    @Test
    void packagesFormNoCycle() {
        ModuleRules.noCycles("io.wafleet.outbox").check(MODULE);
    }
}
