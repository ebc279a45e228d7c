package io.wafleet.outbox.kafka;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.Topic;
import io.wafleet.outbox.core.Output;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Writes the machine's orders to their topics, all in the task's own partition. On the task's thread. */
final class Outbound {
    private final ProcessorContext<Outgoing, byte[]> context;
    private final int partition;
    private final Letters letters;
    private final OutboxMetrics metrics;

    Outbound(ProcessorContext<Outgoing, byte[]> context, int partition, Letters letters, OutboxMetrics metrics) {
        this.context = context;
        this.partition = partition;
        this.letters = letters;
        this.metrics = metrics;
    }

    void write(List<Output> outputs, Instant now) {
        for (Output output : outputs) {
            metrics.ordered(output);
            switch (output) {
                case Output.Dispatch(var command) -> send(Topic.COMMANDS, command.account(), command, now);
                case Output.Answer(var reply) -> send(Topic.REPLIES, reply.account(), reply, now);
                case Output.PacingTold(var reply) -> send(Topic.REPLIES, reply.account(), reply, now);
                case Output.AccountChanged(var status) -> send(Topic.ACCOUNT_STATUS, status.account(), status, now);
                case Output.ContentAccepted(var content) -> send(Topic.MESSAGE_STATUS, content.key(), content, now);
                case Output.MessageChanged(var status) -> send(Topic.MESSAGE_STATUS, status.key(), status, now);
                case Output.GivenUp given -> forward(Topic.DEAD_LETTERS,
                        letters.of(given, partition, now.toEpochMilli()));
            }
        }
    }

    void deadLetter(Record<byte[], byte[]> record, RecordMetadata from, String reason) {
        metrics.deadLetter();
        forward(Topic.DEAD_LETTERS, Letters.of(record, from, reason));
    }

    private void send(Topic topic, AccountId account, Object value, Instant now) {
        send(topic, account.value(), value, now);
    }

    private void send(Topic topic, String key, Object value, Instant now) {
        Outgoing outgoing = new Outgoing(partition, key.getBytes(StandardCharsets.UTF_8));
        forward(topic, new Record<>(outgoing, JsonCodec.encode(value), now.toEpochMilli()));
    }

    private void forward(Topic topic, Record<Outgoing, byte[]> record) {
        context.forward(record, topic.suffix());
    }
}
