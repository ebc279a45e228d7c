package io.wafleet.outbox.kafka;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;

/** Makes each RocksDB store use the shared memory. Made by Streams, by its class name; the memory comes with the settings. */
public final class BoundedRocksDb implements RocksDBConfigSetter {
    /** Where the settings hold the {@link RocksMemory}. */
    static final String MEMORY = "wafleet.outbox.rocks.memory";

    private static final long WRITE_BUFFER_BYTES = 2L * 1024 * 1024;
    /** What a store with a single new row takes of the shared memory. By RocksDB's own choice 256 KB: many partitions with a row each would be
     * more than they may take together, and then every write flushes. */
    private static final long ARENA_BLOCK_BYTES = 16L * 1024;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        if (configs.get(MEMORY) instanceof RocksMemory memory) {
            BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
            table.setBlockCache(memory.cache());
            table.setCacheIndexAndFilterBlocks(true);
            options.setTableFormatConfig(table);
            options.setWriteBufferManager(memory.writeBuffers());
            options.setWriteBufferSize(WRITE_BUFFER_BYTES);
            options.setMaxWriteBufferNumber(2);
            options.setArenaBlockSize(ARENA_BLOCK_BYTES);
            // Nearly every key looked for is not there: a new idempotency key, a new message. Streams leaves the largest level without Bloom
            // filters, for stores that find what they look for; then each of those looks would read a block from there.
            options.setOptimizeFiltersForHits(false);
        }
    }

    @Override
    public void close(String storeName, Options options) {
        // The shared memory outlives the store.
    }
}
