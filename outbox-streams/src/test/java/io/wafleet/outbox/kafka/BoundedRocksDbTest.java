package io.wafleet.outbox.kafka;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What is not there is not looked for on disk, and many stores fit into little memory. */
class BoundedRocksDbTest {
    private static final int ROWS = 200_000;
    private static final byte[] ROW = new byte[100];

    /** Seen: 0.65 MB, and more the less was compacted by then; 2.6 MB when the largest level has no filters. */
    private static final long MOST_READ = 2_000_000;

    @TempDir
    Path folder;

    @Test
    void aNewKeyReadsNoBlocks() {
        try (RocksMemory memory = new RocksMemory(64)) {
            KeyValueStore<Bytes, byte[]> filled = TestStores.kept(folder, memory);
            for (int i = 0; i < ROWS; i++) {
                filled.put(key(i, "known"), ROW);
            }
            filled.close();
            KeyValueStore<Bytes, byte[]> store = TestStores.kept(folder, memory);
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
            List<KeyValueStore<Bytes, byte[]>> stores = IntStream.range(0, 64)
                    .mapToObj(i -> TestStores.kept(folder.resolve(String.valueOf(i)), memory))
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
}
