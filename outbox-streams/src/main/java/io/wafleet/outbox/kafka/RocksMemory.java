package io.wafleet.outbox.kafka;

import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * The memory that all RocksDB stores of an outbox share: one block cache, with their write buffers counted in it. Without it each
 * of the 64 tasks takes its own 50 MB and more. Closed after the stores.
 */
final class RocksMemory implements AutoCloseable {
    private final Cache cache;
    private final WriteBufferManager writeBuffers;

    RocksMemory(int megabytes) {
        RocksDB.loadLibrary();
        long bytes = megabytes * 1024L * 1024L;
        cache = new LRUCache(bytes);
        writeBuffers = new WriteBufferManager(bytes / 2, cache);
    }

    Cache cache() {
        return cache;
    }

    WriteBufferManager writeBuffers() {
        return writeBuffers;
    }

    @Override
    public void close() {
        writeBuffers.close();
        cache.close();
    }
}
