package io.wafleet.outbox.kafka;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Streams' stores outside a topology, without a changelog; who opens one closes it. */
final class TestStores {
    private TestStores() {}

    static KeyValueStore<Bytes, byte[]> accounts(Path folder) {
        return opened(Stores.inMemoryKeyValueStore(OutboxTopology.ACCOUNTS), folder, Map.of());
    }

    /** As Streams would have it by itself. */
    static KeyValueStore<Bytes, byte[]> kept(Path folder) {
        return opened(Stores.persistentKeyValueStore(OutboxTopology.KEPT), folder, Map.of());
    }

    /** As the outbox has it. */
    static KeyValueStore<Bytes, byte[]> kept(Path folder, RocksMemory memory) {
        return opened(Stores.persistentKeyValueStore(OutboxTopology.KEPT), folder,
                Map.of(StreamsConfig.APPLICATION_ID_CONFIG, "stores", StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1",
                        StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class, BoundedRocksDb.MEMORY,
                        memory));
    }

    private static KeyValueStore<Bytes, byte[]> opened(KeyValueBytesStoreSupplier supplier, Path folder,
            Map<String, Object> settings) {
        Properties config = new Properties();
        config.putAll(settings);
        KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled().build();
        store.init(new MockProcessorContext<>(config, new TaskId(0, 0), folder.toFile()).getStateStoreContext(), store);
        return store;
    }
}
