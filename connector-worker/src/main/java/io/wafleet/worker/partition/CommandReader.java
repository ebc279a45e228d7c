package io.wafleet.worker.partition;

import io.wafleet.contract.Command;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.Topic;
import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.kafka.AccountPartitions;
import io.wafleet.worker.log.Entry;
import org.jspecify.annotations.Nullable;

/** Reads records of the commands topic; what cannot be read, or stands in the wrong partition, becomes a dead letter. Thread-safe. */
final class CommandReader {
    /** What became of a record. */
    sealed interface Result {}

    record Read(Command command) implements Result {}

    record Refused(Entry letter) implements Result {}

    private final String topic;
    private final AccountPartitions partitions;

    CommandReader(String topicPrefix, AccountPartitions partitions) {
        this.topic = Topic.COMMANDS.name(topicPrefix);
        this.partitions = partitions;
    }

    Result read(int partition, long offset, byte @Nullable [] key, byte @Nullable [] value) {
        try {
            if (value == null) {
                throw new UnreadableRecordException("value is missing");
            }
            Command command = JsonCodec.decode(value, Command.class);
            int right = partitions.of(command.account());
            if (right != partition) {
                throw new UnreadableRecordException("wrong partition: the account's is " + right);
            }
            return new Read(command);
        } catch (UnreadableRecordException e) {
            String reason = String.valueOf(e.getMessage());
            return new Refused(Entry.deadLetter(key, value, topic, partition, offset, reason));
        }
    }
}
