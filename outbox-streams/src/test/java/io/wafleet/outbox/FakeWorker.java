package io.wafleet.outbox;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Command;
import io.wafleet.contract.DesiredState;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Event;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.Topic;
import io.wafleet.contract.TransactionalId;
import io.wafleet.contract.WorkerHeartbeat;
import io.wafleet.contract.WorkerId;
import io.wafleet.kafka.AccountPartitions;
import io.wafleet.kafka.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A connector worker as the outbox sees one: claims every partition under one epoch, says that accounts are connected, beats, and
 * answers each dispatch of its epoch with "sent".
 */
final class FakeWorker implements AutoCloseable {
    static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration BEAT = Duration.ofMillis(200);

    private final Duration clockOff;
    private final KafkaClients clients;
    private final AccountPartitions partitions;
    private final Epoch epoch;
    private final WorkerId id = new WorkerId("fake");
    private final Producer<byte[], byte[]> producer;
    private final List<Command.Dispatch> dispatches = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean answering = true;
    private volatile boolean closed;
    private long sequence;

    FakeWorker(KafkaClients clients, long epoch) {
        this(clients, epoch, Duration.ZERO);
    }

    /**
     * @param clockOff how far its clock is ahead of the outbox's
     */
    FakeWorker(KafkaClients clients, long epoch, Duration clockOff) {
        this.clockOff = clockOff;
        this.clients = clients;
        this.partitions = new AccountPartitions(clients.settings().partitions());
        this.epoch = new Epoch(epoch);
        this.producer = clients.producer("fake-worker-" + epoch, Map.of());
        for (int p = 0; p < partitions.count(); p++) {
            event(p, new Event.PartitionClaimed(p, this.epoch, id, new TransactionalId("fake-" + epoch),
                    now()));
        }
        thread = Thread.ofPlatform().name("fake-worker").start(this::run);
    }

    private Instant now() {
        return Instant.now().plus(clockOff);
    }

    /** Dispatches are seen but not answered from now on. */
    FakeWorker silent() {
        answering = false;
        return this;
    }

    void connected(AccountId account) {
        status(account, AccountStatus.CONNECTED);
    }

    void status(AccountId account, AccountStatus status) {
        event(partitions.of(account), new Event.AccountStatusChanged(account, epoch, id, now(),
                new PhoneNumber("+40700000001"), null, DesiredState.CONNECTED, status, null, null, false, null,
                now(), null));
    }

    /** Every dispatch of its epoch, in the order read. */
    List<Command.Dispatch> dispatches() {
        return dispatches;
    }

    private void run() {
        List<TopicPartition> all = IntStream.range(0, partitions.count())
                .mapToObj(p -> new TopicPartition(Topic.COMMANDS.name(clients.settings().topicPrefix()), p)).toList();
        try (Consumer<byte[], byte[]> consumer = clients.consumer("fake-worker", Map.of())) {
            consumer.assign(all);
            consumer.seekToBeginning(all);
            long nextBeat = System.nanoTime();
            while (!closed) {
                consumer.poll(Duration.ofMillis(20)).forEach(this::read);
                if (System.nanoTime() - nextBeat >= 0) {
                    beat();
                    nextBeat = System.nanoTime() + BEAT.toNanos();
                }
            }
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        if (JsonCodec.decode(record.value(), Command.class) instanceof Command.Dispatch dispatch
                && dispatch.epoch().equals(epoch)) {
            dispatches.add(dispatch);
            if (answering) {
                event(record.partition(), new Event.DispatchOutcome(dispatch.account(), epoch, now(),
                        dispatch.message(), dispatch.chat(), dispatch.attempt(), Event.Outcome.SENT, null));
            }
        }
    }

    private void beat() {
        Map<Integer, Epoch> held = IntStream.range(0, partitions.count()).boxed()
                .collect(Collectors.toMap(p -> p, _ -> epoch));
        WorkerHeartbeat heartbeat = new WorkerHeartbeat(id, "process-" + epoch, "test", ++sequence, held, 1, 1,
                LEASE.toMillis(),
                now(),
                now());
        producer.send(new ProducerRecord<>(Topic.WORKERS.name(clients.settings().topicPrefix()), 0,
                id.value().getBytes(StandardCharsets.UTF_8), JsonCodec.encode(heartbeat)));
    }

    private void event(int partition, Event event) {
        producer.send(new ProducerRecord<>(Topic.EVENTS.name(clients.settings().topicPrefix()), partition,
                "partition".getBytes(StandardCharsets.UTF_8), JsonCodec.encode(event)));
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        producer.close();
    }
}
