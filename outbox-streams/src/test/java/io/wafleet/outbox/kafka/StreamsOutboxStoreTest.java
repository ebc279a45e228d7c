package io.wafleet.outbox.kafka;

import io.wafleet.outbox.core.OutboxStore;
import io.wafleet.outbox.core.OutboxStoreContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
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
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>(new Properties(),
                new org.apache.kafka.streams.processor.TaskId(0, 0), own.toFile());
        return new StreamsOutboxStore(open(Stores.inMemoryKeyValueStore(OutboxTopology.ACCOUNTS), context),
                open(Stores.persistentKeyValueStore(OutboxTopology.KEPT), context), 64);
    }

    private KeyValueStore<Bytes, byte[]> open(KeyValueBytesStoreSupplier supplier,
            MockProcessorContext<Void, Void> context) {
        KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled().build();
        store.init(context.getStateStoreContext(), store);
        open.add(store);
        return store;
    }
}
