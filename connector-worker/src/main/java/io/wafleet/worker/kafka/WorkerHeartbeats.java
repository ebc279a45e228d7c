package io.wafleet.worker.kafka;

import io.wafleet.contract.Epoch;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.Topic;
import io.wafleet.contract.WorkerHeartbeat;
import io.wafleet.contract.WorkerId;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.settings.Timings;
import io.wafleet.worker.log.OwnerLease;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the fleet that this worker lives, on its own thread: every quarter of the lease, at once when its partitions changed, and not at
 * all without a lease. Its tombstone says that it left in order.
 */
public final class WorkerHeartbeats implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerHeartbeats.class);

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final WorkerId worker;
    private final Timings timings;
    private final OwnerLease lease;
    private final String incarnation = UUID.randomUUID().toString();
    private final Instant startedAt = Instant.now();
    private final LinkedBlockingQueue<Boolean> wake = new LinkedBlockingQueue<>();
    private volatile boolean closed;
    private @Nullable Thread thread;

    public WorkerHeartbeats(KafkaClients clients, WorkerId worker, Timings timings, OwnerLease lease) {
        this.topic = Topic.WORKERS.name(clients.settings().topicPrefix());
        this.worker = worker;
        this.timings = timings;
        this.lease = lease;
        // A sign of life that comes late is none: it is not kept for longer than a lease.
        int timeout = Math.toIntExact(Math.max(1000, timings.lease().toMillis()));
        this.producer = clients.producer(worker.value() + "-heartbeats",
                Map.of(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        timeout + 10, ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout));
    }

    /**
     * Begins to tell.
     *
     * @param partitions those the worker is ACTIVE for, with their epochs
     */
    public void start(Supplier<Map<Integer, Epoch>> partitions, IntSupplier accounts, IntSupplier connected) {
        thread = Thread.ofPlatform().name("worker-heartbeats").start(() -> run(partitions, accounts, connected));
    }

    /** Tells soon, since something changed. */
    public void now() {
        wake.add(true);
    }

    private void run(Supplier<Map<Integer, Epoch>> partitions, IntSupplier accounts, IntSupplier connected) {
        long sequence = 0;
        while (!closed) {
            if (lease.isHeld()) {
                send(new WorkerHeartbeat(worker, incarnation, version(), ++sequence, partitions.get(),
                        accounts.getAsInt(), connected.getAsInt(), timings.lease().toMillis(), startedAt,
                        Instant.now()));
            }
            try {
                var _ = wake.poll(timings.workerHeartbeat().toMillis(), TimeUnit.MILLISECONDS);
                wake.clear();
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private void send(@Nullable WorkerHeartbeat heartbeat) {
        byte[] key = worker.value().getBytes(StandardCharsets.UTF_8);
        try {
            var _ = producer.send(
                    new ProducerRecord<>(topic, 0, key, heartbeat == null ? null : JsonCodec.encode(heartbeat)),
                    (_, error) -> {
                        if (error != null && !closed) {
                            LOG.warn("heartbeat was not written: {}", error.getMessage());
                        }
                    });
        } catch (org.apache.kafka.common.KafkaException e) {
            LOG.warn("heartbeat was not written: {}", e.getMessage());
        }
    }

    private static String version() {
        String version = WorkerHeartbeats.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
        }
        send(null);
        producer.close(Duration.ofSeconds(1));
    }
}
