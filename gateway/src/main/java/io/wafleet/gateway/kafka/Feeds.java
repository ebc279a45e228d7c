package io.wafleet.gateway.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.Event;
import io.wafleet.contract.JournalKey;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MessageContentRecord;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.contract.Reply;
import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.contract.WorkerHeartbeat;
import io.wafleet.contract.WorkerId;
import io.wafleet.gateway.desk.Clocks;
import io.wafleet.gateway.view.Fleet;
import io.wafleet.gateway.view.Waiters;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns records into what the views are told. What cannot be read, or stands in the wrong partition, is counted and stepped over:
 * its dead letter is for those who act on the topic, and the gateway only looks.
 */
final class Feeds {
    private static final Logger LOG = LoggerFactory.getLogger(Feeds.class);
    private static final byte[] PARTITION_KEY = new JournalKey.Partition().text().getBytes(StandardCharsets.UTF_8);

    /** Who waits for what comes. */
    record Waiting(Waiters<CommandId, Reply> replies, Waiters<CommandId, AccountStatusRecord> settled,
            Waiters<MessageId, MessageStatusRecord> outcomes) {}

    /** Keeps a status at hand. */
    @FunctionalInterface
    private interface Keep {
        void keep(MessageStatusRecord status, long offset);
    }

    private final Fleet fleet;
    private final Waiting waiting;
    private final MessageStatuses messages;
    private final Clocks clocks;
    private final Counter unreadable;

    Feeds(Fleet fleet, Waiting waiting, MessageStatuses messages, Clocks clocks, MeterRegistry metrics) {
        this.fleet = fleet;
        this.waiting = waiting;
        this.messages = messages;
        this.clocks = clocks;
        this.unreadable = Counter.builder("wafleet.gateway.unreadable.records")
                .description("Records that the views stepped over").register(metrics);
    }

    void accountStatus(ConsumerRecord<byte[], byte[]> record) {
        guarded(record, () -> {
            if (record.value() == null) {
                fleet.accounts().forget(new AccountId(key(record)));
                return;
            }
            AccountStatusRecord status = JsonCodec.decode(record.value(), AccountStatusRecord.class);
            requirePartition(record, status.account());
            fleet.ownership().claimed(record.partition(), status.epoch(), status.worker(), clocks.nanos());
            fleet.accounts().apply(status);
            CommandId last = status.lastCommand();
            if (last != null) {
                waiting.settled.offer(last, status);
            }
        });
    }

    /** What became of a message now. */
    void messageStatus(ConsumerRecord<byte[], byte[]> record) {
        guarded(record, () -> told(record, messages::put).ifPresent(status -> {
            synchronized (fleet.outbox()) {
                fleet.unsent().apply(record.partition(), status.message(), status.status());
                fleet.outbox().apply(status);
            }
            answer(status);
        }));
    }

    /** What had become of a message before; nothing newer may come between the look and the telling. */
    void messageHistory(ConsumerRecord<byte[], byte[]> record) {
        guarded(record, () -> told(record, messages::recall).ifPresent(status -> {
            synchronized (fleet.outbox()) {
                if (fleet.unsent().recall(record.partition(), status.message(), status.status())) {
                    fleet.outbox().apply(status);
                }
            }
            answer(status);
        }));
    }

    private Optional<MessageStatusRecord> told(ConsumerRecord<byte[], byte[]> record, Keep keep) {
        if (record.value() == null) {
            return Optional.empty(); // Its 30 days are over, and it was final long before; the cache forgets it by itself.
        }
        if (MessageContentRecord.isKey(record.key())) {
            return Optional.empty(); // What a message says is for projections.
        }
        MessageStatusRecord status = JsonCodec.decode(record.value(), MessageStatusRecord.class);
        requirePartition(record, status.account());
        keep.keep(status, record.offset());
        fleet.queues().told(status, record.offset());
        return Optional.of(status);
    }

    /** At last: who is answered may look at the lists at once. */
    private void answer(MessageStatusRecord status) {
        if (status.status().isFinal()) {
            waiting.outcomes.offer(status.message(), status);
        }
    }

    void reply(ConsumerRecord<byte[], byte[]> record) {
        guarded(record, () -> {
            if (record.value() != null) {
                Reply reply = JsonCodec.decode(record.value(), Reply.class);
                fleet.undecided().answered(record.partition(), reply.id());
                waiting.replies.offer(reply.id(), reply);
            }
        });
    }

    void worker(ConsumerRecord<byte[], byte[]> record, boolean live) {
        guarded(record, () -> {
            if (record.value() == null) {
                fleet.ownership().exited(new WorkerId(key(record)), clocks.nanos());
            } else {
                fleet.ownership().heartbeat(JsonCodec.decode(record.value(), WorkerHeartbeat.class), live,
                        clocks.nanos());
            }
        });
    }

    void event(ConsumerRecord<byte[], byte[]> record) {
        guarded(record, () -> {
            // Facts about accounts are many, and none of the views'.
            if (record.value() != null && Arrays.equals(record.key(), PARTITION_KEY)
                    && JsonCodec.decode(record.value(), Event.class) instanceof Event.PartitionEvent told
                    && told.partition() == record.partition()) {
                switch (told) {
                    case Event.PartitionClaimed c ->
                        fleet.ownership().claimed(c.partition(), c.epoch(), c.worker(), clocks.nanos());
                    case Event.PartitionReleased r ->
                        fleet.ownership().released(r.partition(), r.epoch(), r.worker(), clocks.nanos());
                }
            }
        });
    }

    private void requirePartition(ConsumerRecord<byte[], byte[]> record, AccountId account) {
        if (fleet.partitions().of(account) != record.partition()) {
            throw new UnreadableRecordException("the account has another partition");
        }
    }

    private void guarded(ConsumerRecord<byte[], byte[]> record, Runnable read) {
        try {
            read.run();
        } catch (UnreadableRecordException | IllegalArgumentException e) {
            unreadable.increment();
            LOG.warn("stepped over {}-{}@{}: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            throw new UnreadableRecordException("no key");
        }
        return new String(record.key(), StandardCharsets.UTF_8);
    }
}
