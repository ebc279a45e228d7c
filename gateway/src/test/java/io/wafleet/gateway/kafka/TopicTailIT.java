package io.wafleet.gateway.kafka;

import io.wafleet.contract.Topic;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import io.wafleet.gateway.kafka.TopicTail.Course;
import io.wafleet.kafka.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** Which records of a watched topic count as written just now. The tail's clock is set by hand. */
@ExtendWith(BrokerExtension.class)
final class TopicTailIT {
    private static final Duration TRUST = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final AtomicLong nanos = new AtomicLong();
    private final List<String> read = new CopyOnWriteArrayList<>();
    private final CountDownLatch slowness = new CountDownLatch(1);

    private static void write(KafkaClients clients, Producer<byte[], byte[]> producer, String value) {
        try {
            producer.send(new ProducerRecord<>(Topic.WORKERS.name(clients.settings().topicPrefix()), 0,
                    "worker".getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8))).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void sink(ConsumerRecord<byte[], byte[]> record, boolean live) {
        String value = new String(record.value(), StandardCharsets.UTF_8);
        read.add(value + (live ? " is news" : " may be old"));
        if (value.equals("slow")) {
            try {
                slowness.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void awaitRead(String value) {
        Awaitility.await().atMost(LONG).until(() -> read.stream().anyMatch(r -> r.startsWith(value)));
    }

    /** A worker that lives goes on to beat: soon one of its heartbeats counts. */
    private void awaitNews(KafkaClients clients, Producer<byte[], byte[]> producer, String value) {
        Awaitility.await().atMost(LONG).until(() -> {
            write(clients, producer, value);
            return read.contains(value + " is news");
        });
    }

    @Test
    void whatWasWrittenWhileTheTailWasSlowIsNoNewsThoughItCameAfterTheStart(TestBroker broker) {
        KafkaClients clients = new KafkaClients(broker.freshSettings(1));
        try (Producer<byte[], byte[]> producer = clients.producer("test", Map.of())) {
            write(clients, producer, "before");
            TopicTail tail = new TopicTail(clients, "test", Course.watched(Topic.WORKERS, TRUST), this::sink,
                    nanos::get).start();
            try {
                awaitRead("before");
                awaitNews(clients, producer, "alive");
                write(clients, producer, "slow");
                awaitRead("slow");
                write(clients, producer, "last word");
                nanos.addAndGet(TRUST.toNanos() * 10);
                slowness.countDown();
                awaitRead("last word");
                awaitNews(clients, producer, "alive again");
                assertThat(read).startsWith("before may be old").contains("slow is news", "last word may be old");
            } finally {
                tail.close();
            }
        }
    }

    @Test
    void aRecordOnWhichTheViewFailsIsReadAgainAndTheTailGoesOn(TestBroker broker) {
        KafkaClients clients = new KafkaClients(broker.freshSettings(1));
        AtomicBoolean failed = new AtomicBoolean();
        try (Producer<byte[], byte[]> producer = clients.producer("test", Map.of())) {
            write(clients, producer, "first");
            write(clients, producer, "second");
            TopicTail tail = new TopicTail(clients, "test", Course.whole(Topic.WORKERS), (record, live) -> {
                if (failed.compareAndSet(false, true)) {
                    throw new IllegalStateException("a defect");
                }
                sink(record, live);
            }, System::nanoTime).start();
            try {
                awaitRead("second");
                assertThat(read).containsExactly("first may be old", "second may be old");
            } finally {
                tail.close();
            }
        }
    }
}
