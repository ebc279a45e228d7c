package io.wafleet.worker.kafka;

import io.wafleet.contract.Topic;
import io.wafleet.contract.TransactionalId;
import io.wafleet.worker.log.Batch;
import io.wafleet.worker.log.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.FencedMemberEpochException;
import org.apache.kafka.common.errors.IllegalGenerationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One incarnation of the transactional producer. Used by the writer's thread, but for {@link #abandon}. */
final class ProducerIncarnation {
    private static final Logger LOG = LoggerFactory.getLogger(ProducerIncarnation.class);

    /** How a transaction ended. */
    enum Result {
        COMMITTED,
        /** Rolled back: the broker did not accept a position from this member. */
        REFUSED,
        /** Rolled back for a reason that may pass. */
        ROLLED_BACK,
        /** Rolled back: a record is larger than the broker takes, and will always be. */
        TOO_LARGE,
        /** Rolled back by the broker, for good: another fenced this incarnation, its transaction timed out, or it must not go on. */
        FENCED,
        /** The commit was begun and its end is not known, or the incarnation is of no use any more. */
        UNKNOWN
    }

    private final TransactionalId id;
    private final Producer<byte[], byte[]> producer;
    private final String prefix;
    private final String group;
    private final JournalEnds journals;
    private volatile boolean abandoned;

    /**
     * @param journals shared by all incarnations
     */
    ProducerIncarnation(TransactionalId id, Producer<byte[], byte[]> producer, String prefix, String group,
            JournalEnds journals) {
        this.id = id;
        this.producer = producer;
        this.prefix = prefix;
        this.group = group;
        this.journals = journals;
    }

    TransactionalId id() {
        return id;
    }

    /** Writes the batches in one transaction; never throws. */
    Result commit(List<Batch> batches, ConsumerGroupMetadata metadata) {
        if (abandoned) {
            return Result.FENCED;
        }
        try {
            producer.beginTransaction();
            sendAndAwait(batches);
            producer.sendOffsetsToTransaction(positions(batches), metadata);
        } catch (RuntimeException e) {
            return abandoned ? Result.FENCED : rollBack(e);
        }
        return end();
    }

    /**
     * The records are in the log before the position is sent: what the position covers is there when it counts. A claim is in the
     * journal before anything else of it is anywhere: who finds it there knows whom to fence, should this process die now, and
     * nothing that it left open holds up any reader.
     */
    private void sendAndAwait(List<Batch> batches) {
        if (batches.getFirst().kind().isTakeover()) {
            sendAndAwait(batches, entry -> entry.topic() == Topic.JOURNAL);
            sendAndAwait(batches, entry -> entry.topic() != Topic.JOURNAL);
        } else {
            sendAndAwait(batches, _ -> true);
        }
    }

    private void sendAndAwait(List<Batch> batches, Predicate<Entry> which) {
        List<Future<RecordMetadata>> acks = new ArrayList<>();
        for (Batch batch : batches) {
            batch.entries().stream().filter(which).forEach(entry -> acks.add(send(batch.partition(), entry)));
        }
        if (acks.isEmpty()) {
            return;
        }
        producer.flush();
        for (Future<RecordMetadata> ack : acks) {
            try {
                written(ack.get());
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException runtime ? runtime : new KafkaException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KafkaException(e);
            }
        }
    }

    private void written(RecordMetadata record) {
        if (record.hasOffset() && record.topic().equals(Topic.JOURNAL.name(prefix))) {
            journals.written(record.partition(), record.offset());
        }
    }

    private Future<RecordMetadata> send(int partition, Entry entry) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(entry.topic().name(prefix), partition, entry.key(),
                entry.value());
        entry.headers().forEach((k, v) -> record.headers().add(k, v.getBytes(StandardCharsets.UTF_8)));
        return producer.send(record);
    }

    private Map<TopicPartition, OffsetAndMetadata> positions(List<Batch> batches) {
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        String commands = Topic.COMMANDS.name(prefix);
        // Later batches of a partition come later in the list, so the newest position stays.
        batches.forEach(
                b -> positions.put(new TopicPartition(commands, b.partition()), new OffsetAndMetadata(b.position())));
        return positions;
    }

    private Result end() {
        try {
            try {
                producer.commitTransaction();
            } catch (TimeoutException _) {
                // The only answer that allows to ask again: the commit may have happened, and asking tells.
                producer.commitTransaction();
            }
            return Result.COMMITTED;
        } catch (RuntimeException e) {
            LOG.warn("transaction of {} has no known end: {}", id, e.getMessage());
            return Result.UNKNOWN;
        }
    }

    private Result rollBack(RuntimeException cause) {
        if (cause instanceof JournalEnds.JournalLostException) {
            LOG.error("{}; every partition is taken over anew", cause.getMessage());
            return Result.FENCED;
        }
        if (isFenced(cause)) {
            LOG.warn("{} is fenced: {}", id, cause.getMessage());
            return Result.FENCED;
        }
        boolean refused = isRefused(cause);
        boolean tooLarge = isTooLarge(cause);
        LOG.debug("transaction of {} is rolled back: {}", id, cause.getMessage());
        if (tooLarge) {
            LOG.error("transaction of {} holds a record that is too large: {}", id, cause.getMessage());
        } else if (!refused) {
            LOG.warn("transaction of {} of group {} is rolled back and tried again: {}", id, group, cause.getMessage());
        }
        try {
            producer.abortTransaction();
            return refused ? Result.REFUSED : tooLarge ? Result.TOO_LARGE : Result.ROLLED_BACK;
        } catch (RuntimeException e) {
            LOG.warn("{} could not roll back and is given up: {}", id, e.getMessage());
            return Result.FENCED;
        }
    }

    private static boolean isFenced(Throwable cause) {
        for (Throwable c = cause; c != null; c = c.getCause()) {
            if (c instanceof ProducerFencedException || c instanceof InvalidProducerEpochException) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRefused(Throwable cause) {
        for (Throwable c = cause; c != null; c = c.getCause()) {
            if (c instanceof CommitFailedException || c instanceof IllegalGenerationException
                    || c instanceof UnknownMemberIdException || c instanceof FencedMemberEpochException
                    || c instanceof StaleMemberEpochException || c instanceof RebalanceInProgressException
                    || c instanceof FencedInstanceIdException) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTooLarge(Throwable cause) {
        for (Throwable c = cause; c != null; c = c.getCause()) {
            if (c instanceof RecordTooLargeException) {
                return true;
            }
        }
        return false;
    }

    /** Gives the producer up at once, from any thread: whatever it is doing fails. */
    void abandon() {
        abandoned = true;
        producer.close(Duration.ZERO);
    }

    void close() {
        producer.close(Duration.ofMillis(500));
    }
}
