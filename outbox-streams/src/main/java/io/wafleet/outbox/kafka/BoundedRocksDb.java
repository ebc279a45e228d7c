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
    /** Of a write buffer's bytes: 800 bits for each KB that it holds, ten or more for each row. */
    private static final double MEMTABLE_FILTER_SHARE = 0.1;

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
            filterEverywhere(options);
        }
    }

    /**
     * Nearly every key looked for is not there: a new idempotency key, a new message. Streams leaves the largest level without Bloom filters,
     * for stores that find what they look for; then each of those looks would read a block from there.
     */
    private static void filterEverywhere(Options options) {
        options.setOptimizeFiltersForHits(false);
        options.setMemtableWholeKeyFiltering(true);
        options.setMemtablePrefixBloomSizeRatio(MEMTABLE_FILTER_SHARE);
    }

    @Override
    public void close(String storeName, Options options) {
        // The shared memory outlives the store.
    }
}
