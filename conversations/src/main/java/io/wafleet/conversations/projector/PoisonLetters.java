package io.wafleet.conversations.projector;

import io.wafleet.contract.Topic;
import io.wafleet.kafka.DeadLetters;
import io.wafleet.kafka.KafkaClients;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes records that cannot be kept to the dead letters. One that is written twice, after a crash in between, is no harm. */
final class PoisonLetters implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PoisonLetters.class);
    /** Below the broker's usual limit for a record (1 MB), with room for headers. */
    private static final int MAX_BYTES = 900_000;
    /** The outbox reads {@code events} too, and has letters of its own. */
    private static final String WHO = "projector: ";

    private final String topic;
    private final DeadLetters letters;
    private final Producer<byte[], byte[]> producer;

    PoisonLetters(KafkaClients clients) {
        String prefix = clients.settings().topicPrefix();
        topic = Topic.DEAD_LETTERS.name(prefix);
        letters = new DeadLetters(prefix);
        producer = clients.producer("projector-dead-letters", Map.of());
    }

    /**
     * Returns when the broker has them all.
     *
     * @throws KafkaException when it has not
     */
    void send(List<Item> poisoned) {
        List<Future<RecordMetadata>> sent = poisoned.stream().map(item -> {
            String reason = String.valueOf(item.poison());
            LOG.warn("{} at {} goes to the dead letters: {}", item.partition(), item.record().offset(), reason);
            return producer.send(letter(item.record(), WHO + reason));
        }).toList();
        for (Future<RecordMetadata> one : sent) {
            await(one);
        }
    }

    private static void await(Future<RecordMetadata> one) {
        try {
            one.get();
        } catch (ExecutionException e) {
            throw new KafkaException("a dead letter was not written", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while writing a dead letter", e);
        }
    }

    /** One so large that it would no longer fit beside its headers is cut: a letter that the broker refuses would stop the stream. */
    private ProducerRecord<byte[], byte[]> letter(ConsumerRecord<byte[], byte[]> record, String reason) {
        int size = length(record.key()) + length(record.value());
        for (var header : record.headers()) {
            size += header.key().length() + length(header.value());
        }
        if (size <= MAX_BYTES) {
            return letters.of(record, reason);
        }
        ProducerRecord<byte[], byte[]> cut = new ProducerRecord<>(topic, record.partition(), cut(record.key()),
                cut(record.value()));
        DeadLetters.mark(cut.headers(), record.topic(), record.partition(), record.offset(),
                reason + " (cut from " + size + " bytes)");
        return cut;
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static byte @Nullable [] cut(byte @Nullable [] bytes) {
        return bytes == null || bytes.length <= MAX_BYTES / 2 ? bytes : Arrays.copyOf(bytes, MAX_BYTES / 2);
    }

    @Override
    public void close() {
        producer.close(java.time.Duration.ofSeconds(2));
    }
}
