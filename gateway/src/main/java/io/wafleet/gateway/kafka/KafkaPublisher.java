package io.wafleet.gateway.kafka;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.Topic;
import io.wafleet.contract.Versioned;
import io.wafleet.gateway.desk.Publisher;
import io.wafleet.kafka.AccountPartitions;
import io.wafleet.kafka.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's producer: idempotent, and bounded in time. {@code send} may block while Kafka is away, so one thread of our own
 * calls it, in the order of the requests, and callers get a stage. A full queue, a failure before the record entered the producer, and
 * a timeout while it still waited for its turn are {@code NOT_WRITTEN}: it will not be sent any more. Every later failure and
 * timeout is {@code UNCONFIRMED}.
 */
public final class KafkaPublisher implements Publisher, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaPublisher.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Producer<byte[], byte[]> producer;
    private final String topicPrefix;
    private final AccountPartitions partitions;
    private final Duration timeout;
    private final ThreadPoolExecutor sender;

    /**
     * @param timeout after which an unconfirmed record is given up
     * @param maxQueued records that may wait for the producer
     */
    public KafkaPublisher(KafkaClients clients, String clientId, AccountPartitions partitions, Duration timeout,
            int maxQueued) {
        this(clients.producer(clientId, options((int) timeout.toMillis())), clients.settings().topicPrefix(),
                partitions,
                timeout, maxQueued);
    }

    KafkaPublisher(Producer<byte[], byte[]> producer, String topicPrefix, AccountPartitions partitions,
            Duration timeout, int maxQueued) {
        this.producer = producer;
        this.topicPrefix = topicPrefix;
        this.partitions = partitions;
        this.timeout = timeout;
        this.sender = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(maxQueued),
                Thread.ofPlatform().name("gateway-producer").daemon().factory());
    }

    private static Map<String, Object> options(int timeoutMs) {
        return Map.of(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeoutMs,
                // Less than half, so that a lost request is repeated once within the bound.
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeoutMs * 2 / 5, ProducerConfig.MAX_BLOCK_MS_CONFIG,
                (long) timeoutMs);
    }

    @Override
    public CompletionStage<Publication> publish(Topic topic, AccountId account, Versioned record) {
        CompletableFuture<Publication> published = new CompletableFuture<>();
        AtomicBoolean taken = new AtomicBoolean();
        ProducerRecord<byte[], byte[]> toSend = new ProducerRecord<>(topic.name(topicPrefix), partitions.of(account),
                account.value().getBytes(StandardCharsets.UTF_8), JsonCodec.encode(record));
        try {
            sender.execute(() -> {
                if (taken.compareAndSet(false, true)) {
                    send(toSend, published);
                }
            });
        } catch (RejectedExecutionException _) {
            return CompletableFuture.completedStage(Publication.NOT_WRITTEN);
        }
        return published.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).exceptionally(
                _ -> taken.compareAndSet(false, true) ? Publication.NOT_WRITTEN : Publication.UNCONFIRMED);
    }

    private void send(ProducerRecord<byte[], byte[]> record, CompletableFuture<Publication> published) {
        Thread caller = Thread.currentThread();
        try {
            var _ = producer.send(record, (_, failure) -> {
                if (failure == null) {
                    published.complete(Publication.CONFIRMED);
                } else {
                    failed(record, failure, Thread.currentThread() == caller, published);
                }
            });
        } catch (RuntimeException e) {
            failed(record, e, true, published);
        }
    }

    /**
     * @param atOnce on the calling thread: the producer refused it before it was in any batch
     */
    private static void failed(ProducerRecord<byte[], byte[]> record, Exception failure, boolean atOnce,
            CompletableFuture<Publication> published) {
        // Producer and broker both refuse what is too large, for good.
        Publication end = failure instanceof RecordTooLargeException
                ? Publication.TOO_LARGE
                : atOnce ? Publication.NOT_WRITTEN : Publication.UNCONFIRMED;
        LOG.warn("record for {} {}: {}", record.topic(), end, failure.toString());
        published.complete(end);
    }

    @Override
    public void close() {
        sender.shutdown();
        producer.close(CLOSE_TIMEOUT);
    }
}
