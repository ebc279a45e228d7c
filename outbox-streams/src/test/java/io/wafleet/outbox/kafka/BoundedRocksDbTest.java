package io.wafleet.outbox.kafka;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What is not there is not looked for on disk, and many stores fit into little memory. */
class BoundedRocksDbTest {
    private static final int ROWS = 200_000;
    private static final byte[] ROW = new byte[100];

    /** Seen: 0.65 MB; 2.6 MB when the largest level has no filters. */
    private static final long MOST_READ = 1_500_000;

    @TempDir
    Path folder;

    @Test
    void aNewKeyReadsNoBlocks() {
        try (RocksMemory memory = new RocksMemory(64)) {
            KeyValueStore<Bytes, byte[]> filled = opened(memory, 0);
            for (int i = 0; i < ROWS; i++) {
                filled.put(key(i, "known"), ROW);
            }
            filled.close();
            KeyValueStore<Bytes, byte[]> store = opened(memory, 0);
            long before = memory.cache().getUsage();
            for (int i = 0; i < ROWS; i += 40) {
                assertThat(store.get(key(i, "new"))).isNull();
            }
            long read = memory.cache().getUsage() - before;
            store.close();
            assertThat(read).as("bytes of filters, indexes and blocks read").isLessThan(MOST_READ);
        }
    }

    /** The default number of partitions, and the least memory that can be set. */
    @Test
    void aRowInEachOfManyStoresFlushesNone() throws IOException {
        try (RocksMemory memory = new RocksMemory(16)) {
            List<KeyValueStore<Bytes, byte[]>> stores = IntStream.range(0, 64).mapToObj(i -> opened(memory, i))
                    .toList();
            for (int i = 0; i < 20; i++) {
                Bytes key = key(i, "row");
                stores.forEach(store -> store.put(key, ROW));
            }
            try (Stream<Path> files = Files.walk(folder)) {
                assertThat(files.filter(file -> file.toString().endsWith(".sst"))).isEmpty();
            }
            stores.forEach(KeyValueStore::close);
        }
    }

    /** Spread over the whole store, so that new ones lie among those that are known. */
    private static Bytes key(int number, String kind) {
        String text = "%08x-%s".formatted(Integer.reverse(number), kind);
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private KeyValueStore<Bytes, byte[]> opened(RocksMemory memory, int partition) {
        Properties config = new Properties();
        config.putAll(Map.of(StreamsConfig.APPLICATION_ID_CONFIG, "rows", StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                "none:1", StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class,
                BoundedRocksDb.MEMORY, memory));
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>(config, new TaskId(0, partition),
                folder.resolve(String.valueOf(partition)).toFile());
        KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(OutboxTopology.KEPT), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled().build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }
}
