package io.wafleet.conversations.projector;

import io.wafleet.kafka.DeadLetters;
import io.wafleet.kafka.KafkaClients;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes records that cannot be kept to the dead letters. One that is written twice, after a crash in between, is no harm. */
final class PoisonLetters implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PoisonLetters.class);
    /** The outbox reads {@code events} too, and has letters of its own. */
    private static final String WHO = "projector: ";

    private final DeadLetters letters;
    private final Producer<byte[], byte[]> producer;

    PoisonLetters(KafkaClients clients) {
        letters = new DeadLetters(clients.settings().topicPrefix());
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
            return producer.send(letters.of(item.record(), WHO + reason));
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

    @Override
    public void close() {
        producer.close(java.time.Duration.ofSeconds(2));
    }
}
