package io.wafleet.outbox.kafka;

import io.wafleet.outbox.core.OutboxStore;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** The topology's one processor: a {@link PartitionLoop} between Streams' {@code init} and {@code close}. */
final class OutboxProcessor implements Processor<byte[], byte[], Outgoing, byte[]> {
    private final Parts parts;
    private @Nullable PartitionLoop loop;

    OutboxProcessor(Parts parts) {
        this.parts = parts;
    }

    @Override
    public void init(ProcessorContext<Outgoing, byte[]> context) {
        OutboxStore store = new StreamsOutboxStore(context.getStateStore(OutboxTopology.ACCOUNTS),
                context.getStateStore(OutboxTopology.KEPT), parts.partitions());
        loop = new PartitionLoop(parts, context, store);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (loop == null) {
            throw new IllegalStateException("a record before init");
        }
        loop.process(record);
    }

    @Override
    public void close() {
        if (loop != null) {
            loop.close();
        }
    }
}
