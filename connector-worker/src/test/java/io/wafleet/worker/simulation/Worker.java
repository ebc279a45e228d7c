package io.wafleet.worker.simulation;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.TransactionalId;
import io.wafleet.contract.WorkerId;
import io.wafleet.worker.backup.Backups;
import io.wafleet.worker.connector.ConnectRequest;
import io.wafleet.worker.connector.Connection;
import io.wafleet.worker.connector.ConnectionListener;
import io.wafleet.worker.connector.Connector;
import io.wafleet.worker.log.Timers;
import io.wafleet.worker.partition.ConnectLimiter;
import io.wafleet.worker.partition.OwnershipLoop;
import io.wafleet.worker.partition.PartitionPorts;
import io.wafleet.worker.partition.WorkerMetrics;
import io.wafleet.worker.sealing.CredentialCipher;
import io.wafleet.worker.session.SessionMachine;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** One worker: the real loops and machines, on simulated ports, in one process. Wired as the real one is. */
final class Worker implements SimulatedConsumer.Listener, SimulatedLease.Listener, SimulatedWriter.Listener {
    static final CredentialCipher CIPHER = CredentialCipher.of(CredentialCipher.newKeySet());
    private static final WorkerMetrics METRICS = new WorkerMetrics(new SimpleMeterRegistry(), new WorkerId("all"));
    private static final SessionMachine MACHINE = new SessionMachine(WorldSettings.POLICY);
    /** Clocks show some time of 2026. */
    private static final long START = 1_790_000_000L;

    private final Host host;
    private final World world;
    private final Chance chance;
    private final SimulatedConsumer consumer;
    private final SimulatedLease lease;
    private final SimulatedWriter writer;
    private final SimulatedJournals journals;
    private final OwnershipLoop loop;
    private final Map<Integer, Long> proofs = new HashMap<>();
    private boolean leaving;

    Worker(Host host, World world) {
        this.host = host;
        this.world = world;
        this.chance = world.chance();
        Broker broker = world.broker();
        Sabotage sabotage = world.sabotage();
        consumer = new SimulatedConsumer(host, chance, broker, world.settings(), this, world.trace());
        lease = new SimulatedLease(host, chance, consumer::answeredHeartbeats, sabotage == Sabotage.NO_LEASE, this);
        writer = new SimulatedWriter(host, chance, broker, sabotage, this, world.trace());
        journals = new SimulatedJournals(host, chance, broker);
        Timers timers = (delay, task) -> host.after(delay.toNanos() + chance.hop(), task)::cancel;
        PartitionPorts ports = new PartitionPorts(new WorkerId(host.name()), "", world.accountPartitions(), writer,
                lease, new Connecting(), (_, _) -> new CompletableFuture<>(), CIPHER, MACHINE,
                new ConnectLimiter(timers, chance.oneIn(2) ? 0 : 100),
                task -> host.after(chance.hop(), task), timers,
                () -> Instant.ofEpochSecond(START).plusNanos(host.wallNanos()), host::nanos, chance::unit, METRICS, 0,
                Backups.NONE);
        loop = new OwnershipLoop(ports, journals,
                new SimulatedFence(host, chance, broker, sabotage == Sabotage.NO_FENCE,
                        id -> world.promises().fences(this, id)),
                WorldSettings.HANDOVER_BOUND, () -> world.promises().changed(this), e -> world.broken(this, e));
        loop.feed(consumer);
    }

    Host host() {
        return host;
    }

    SimulatedConsumer consumer() {
        return consumer;
    }

    String member() {
        return consumer.member();
    }

    boolean isLeaving() {
        return leaving;
    }

    Map<Integer, Epoch> active() {
        return loop.active();
    }

    boolean isLeased() {
        return lease.isHeld();
    }

    TransactionalId incarnation() {
        return writer.incarnation();
    }

    long restored(int partition) {
        return journals.restored(partition);
    }

    /** Leaves in order, as at SIGTERM; the process ends then. */
    void leave() {
        leaving = true;
        consumer.leave(() -> {
            loop.close();
            writer.close();
            lease.close();
            world.gone(this);
        });
    }

    @Override
    public void captured(Metadata metadata) {
        writer.capture(metadata);
    }

    @Override
    public void assigned(Set<Integer> partitions) {
        loop.assigned(partitions);
    }

    /** As {@code OwnerGroup} waits: for the handover, then for the doors. */
    @Override
    public void revoked(Set<Integer> partitions, Runnable givenUp) {
        boolean[] over = {false};
        CompletableFuture<Void> handedOver = loop.revoked(partitions);
        var _ = handedOver.whenComplete((_, _) -> once(over, givenUp));
        host.after(WorldSettings.HANDOVER_BOUND.multipliedBy(2).toNanos(), () -> once(over, () -> {
            CompletableFuture<?>[] doors = partitions.stream().map(writer::shutDoor)
                    .toArray(CompletableFuture<?>[]::new);
            var _ = CompletableFuture.allOf(doors).whenComplete((_, _) -> givenUp.run());
        }));
    }

    private static void once(boolean[] over, Runnable then) {
        if (!over[0]) {
            over[0] = true;
            then.run();
        }
    }

    @Override
    public void lost(Set<Integer> partitions) {
        lease.lost();
        loop.lost(partitions);
    }

    @Override
    public void polled() {
        lease.polled();
    }

    @Override
    public void leaseOver() {
        world.trace().note(host, "lease is over");
        loop.leaseOver();
    }

    @Override
    public void leaseBack() {
        world.trace().note(host, "lease is back");
        loop.leaseBack();
    }

    @Override
    public void named(TransactionalId id) {
        world.promises().named(this, id);
    }

    @Override
    public void proved(int partition) {
        proofs.put(partition, world.scheduler().now());
    }

    /** When the broker last accepted a proof of a partition; before all time when never. */
    long provedAt(int partition) {
        return proofs.getOrDefault(partition, Long.MIN_VALUE);
    }

    @Override
    public void replaced() {
        world.trace().note(host, "writes as", writer.incarnation());
        loop.producerReplaced();
    }

    @Override
    public String toString() {
        return host.name();
    }

    private final class Connecting implements Connector {
        @Override
        public Connection open(ConnectRequest request, ConnectionListener listener) {
            SimulatedConnection connection = new SimulatedConnection(Worker.this, world.whatsApp(), world.promises(),
                    request, listener, world.nextConnection());
            world.promises().acts(Worker.this, connection, "open");
            world.promises().opens(connection);
            connection.connect();
            world.network().pass(host);
            return connection;
        }

        @Override
        public void close() {
            // The process ends, and its connections with it.
        }
    }
}
