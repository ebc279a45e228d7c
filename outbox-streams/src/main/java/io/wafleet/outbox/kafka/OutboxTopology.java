package io.wafleet.outbox.kafka;

import io.wafleet.contract.Topic;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.Stores;

/**
 * The whole graph: two sources of the same partitions, one processor, five sinks. Everything stays in its partition, and
 * everything that belongs together is one transaction.
 */
final class OutboxTopology {
    /** Accounts and the partition's claim, in memory. */
    static final String ACCOUNTS = "accounts";
    /** Messages, idempotency keys and receipt levels, on disk. */
    static final String KEPT = "kept";

    private static final String PROCESSOR = "outbox";
    private static final StreamPartitioner<Outgoing, byte[]> SAME_PARTITION = (_, outgoing, _, _) -> Optional
            .of(Set.of(outgoing.partition()));

    private OutboxTopology() {}

    static Topology of(String prefix, ProcessorSupplier<byte[], byte[], Outgoing, byte[]> processor) {
        Topology topology = new Topology();
        topology.addSource(AutoOffsetReset.earliest(), "in", new EventsFirst(prefix), new ByteArrayDeserializer(),
                new ByteArrayDeserializer(), Topic.OUTBOX.name(prefix), Topic.EVENTS.name(prefix));
        topology.addProcessor(PROCESSOR, processor, "in");
        topology.addStateStore(Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(ACCOUNTS), Serdes.Bytes(),
                Serdes.ByteArray()).withLoggingEnabled(Topic.compactedSoon()), PROCESSOR);
        topology.addStateStore(Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(KEPT), Serdes.Bytes(),
                Serdes.ByteArray()).withLoggingEnabled(Topic.compactedSoon()), PROCESSOR);
        for (Topic topic : List.of(Topic.COMMANDS, Topic.REPLIES, Topic.ACCOUNT_STATUS, Topic.MESSAGE_STATUS,
                Topic.DEAD_LETTERS)) {
            topology.addSink(topic.suffix(), topic.name(prefix), Outgoing.serializer(), new ByteArraySerializer(),
                    SAME_PARTITION, PROCESSOR);
        }
        return topology;
    }
}
