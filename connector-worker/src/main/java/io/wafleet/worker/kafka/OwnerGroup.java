package io.wafleet.worker.kafka;

import io.wafleet.contract.TransactionalId;
import io.wafleet.contract.WorkerId;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.worker.log.OwnerLease;
import io.wafleet.worker.log.ProducerFence;
import io.wafleet.worker.ownership.Lease;
import io.wafleet.worker.partition.OwnershipLoop;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This worker's membership in the group of owners: the consumer, the lease that its heartbeats carry, and the writer that its metadata
 * fences, tied to the ownership loop.
 */
public final class OwnerGroup implements AutoCloseable {
    private final KafkaClients clients;
    private static final Logger LOG = LoggerFactory.getLogger(OwnerGroup.class);
    /** Longer than a broker may be away; the attempt costs nothing. */
    private static final Duration LEFTOVERS = Duration.ofMinutes(1);

    private final GroupProtocol protocol;
    private final Duration handoverBound;
    private final String group;
    private final HeartbeatLease lease;
    private final CommandConsumer commands;
    private @Nullable TransactionalWriter writer;
    private volatile @Nullable OwnershipLoop ownership;
    private volatile java.util.function.@Nullable Consumer<Throwable> failed;

    /**
     * @param handoverBound how long giving partitions up in order may take
     */
    public OwnerGroup(KafkaClients clients, String clientId, GroupProtocol protocol, Duration handoverBound) {
        this.handoverBound = handoverBound;
        this.clients = clients;
        this.protocol = protocol;
        this.group = id(clients.settings());
        Consumer<byte[], byte[]> consumer = CommandConsumer.consumer(clients, clientId, group, protocol);
        this.lease = new HeartbeatLease(new Lease(protocol.timings(), System.nanoTime()), System::nanoTime,
                CommandConsumer.answeredHeartbeats(consumer), new LeaseChanges());
        this.commands = new CommandConsumer(clients, consumer, lease, new Assignments());
    }

    /** The group's name on the broker. */
    public static String id(KafkaSettings settings) {
        return settings.topicPrefix() + "workers";
    }

    public OwnerLease lease() {
        return lease;
    }

    /**
     * Makes the writer; once.
     *
     * @param fence ends what a given up incarnation of the writer's producer left open
     */
    public TransactionalWriter writer(WorkerId worker, ProducerFence fence) {
        TransactionalWriter made = new TransactionalWriter(
                new ProducerIncarnations(clients, worker, group, protocol.timings()), handoverBound,
                protocol.timings().session(), id -> endLeftovers(id, fence), () -> {
                    OwnershipLoop loop = ownership;
                    if (loop != null) {
                        loop.producerReplaced();
                    }
                });
        writer = made;
        return made;
    }

    private static void endLeftovers(TransactionalId id, ProducerFence fence) {
        var _ = fence.fence(Set.of(id), LEFTOVERS).whenComplete((_, error) -> {
            if (error != null) {
                LOG.warn("what {} left open stays so until the broker times it out: {}", id, error.getMessage());
            }
        });
    }

    /**
     * Joins the group.
     *
     * @param failed told when the consumer can go on no longer
     */
    public void join(OwnershipLoop loop, java.util.function.Consumer<Throwable> failed) {
        this.ownership = loop;
        this.failed = failed;
        loop.feed(commands);
        commands.start();
    }

    /** Leaves the group; returns when all partitions are handed over. */
    public void leave() {
        commands.close();
    }

    @Override
    public void close() {
        lease.close();
    }

    private final class LeaseChanges implements HeartbeatLease.Listener {
        @Override
        public void leaseOver() {
            OwnershipLoop loop = ownership;
            if (loop != null) {
                loop.leaseOver();
            }
        }

        @Override
        public void leaseBack() {
            OwnershipLoop loop = ownership;
            if (loop != null) {
                loop.leaseBack();
            }
        }
    }

    private final class Assignments implements CommandConsumer.Listener {
        @Override
        public void captured(ConsumerGroupMetadata metadata) {
            TransactionalWriter now = writer;
            if (now != null) {
                now.capture(metadata);
            }
        }

        @Override
        public void assigned(Set<Integer> partitions) {
            loop().assigned(partitions);
        }

        @Override
        public void revoked(Set<Integer> partitions) {
            awaitHandover(partitions);
        }

        @Override
        public void lost(Set<Integer> partitions) {
            loop().lost(partitions);
        }

        @Override
        public void failed(Throwable cause) {
            var told = failed;
            if (told != null) {
                told.accept(cause);
            }
        }

        /** The callback returns when all is given up; after twice the bound, no transaction of ours can hold any of it. */
        private void awaitHandover(Set<Integer> partitions) {
            try {
                loop().revoked(partitions).get(handoverBound.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException | ExecutionException _) {
                LOG.warn("handover took longer than {}: the rest is given up at once", handoverBound.multipliedBy(2));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            TransactionalWriter now = writer;
            if (now != null) {
                CompletableFuture
                        .allOf(partitions.stream().map(now::shutDoor).toArray(CompletableFuture<?>[]::new)).join();
            }
        }

        private OwnershipLoop loop() {
            OwnershipLoop loop = ownership;
            if (loop == null) {
                throw new IllegalStateException("callbacks come only after joining");
            }
            return loop;
        }
    }
}
