package io.wafleet.outbox.kafka;

import io.wafleet.outbox.core.OutboxStore;
import io.wafleet.outbox.core.OutboxStoreContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The store on Streams' own stores keeps the contract. */
class StreamsOutboxStoreTest extends OutboxStoreContract {
    @TempDir
    Path folder;

    private final List<StateStore> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(StateStore::close);
    }

    @Override
    protected OutboxStore empty() {
        Path own = folder.resolve("s" + open.size());
        return new StreamsOutboxStore(opened(TestStores.accounts(own)), opened(TestStores.kept(own)), 64);
    }

    private KeyValueStore<Bytes, byte[]> opened(KeyValueStore<Bytes, byte[]> store) {
        open.add(store);
        return store;
    }
}
