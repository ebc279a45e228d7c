package io.wafleet.outbox.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.wafleet.kafka.AccountPartitions;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.outbox.core.OutboxMachine;
import io.wafleet.outbox.core.OutboxPolicy;
import io.wafleet.outbox.core.OwnerWatch;
import io.wafleet.settings.Timings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The outbox as a Kafka Streams application, with the reader that watches over the owners. */
public final class KafkaOutbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaOutbox.class);
    private static final Duration CLOSE = Duration.ofSeconds(15);
    /** A rebalance that takes longer is no longer "ready". */
    private static final long BRIEFLY_NANOS = Duration.ofSeconds(30).toNanos();
    private static final Duration LEAST_WATCH = Duration.ofMillis(250);
    /** Callers wait for what a transaction decides. */
    private static final Duration MOST_COLLECTED = Duration.ofMillis(500);

    private final LongSupplier nanoTime;
    private final OutboxMetrics metrics;
    private final RocksMemory memory;
    private final WorkersReader workers;
    private final KafkaStreams streams;
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private volatile long stateSinceNanos;
    private volatile boolean hasRun;
    private boolean closed;

    /**
     * @throws org.apache.kafka.streams.errors.StreamsException when the state folder is another process's
     */
    public KafkaOutbox(KafkaClients clients, Timings timings, OutboxPolicy policy, StreamsOptions options,
            MeterRegistry registry, InstantSource clock, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        String prefix = clients.settings().topicPrefix();
        AccountPartitions partitions = new AccountPartitions(clients.settings().partitions());
        OwnerWatch owners = new OwnerWatch(timings.lease());
        workers = new WorkersReader(clients, owners, timings.lease().dividedBy(8), nanoTime);
        metrics = new OutboxMetrics(registry, clock);
        memory = new RocksMemory(options.memoryMegabytes());
        ThreadLocal<Commits> commits = Commits.ofEachThread(options.commitInterval(), mostCollected(timings),
                nanoTime);
        Parts parts = new Parts(new OutboxMachine(policy), partitions.count(), new Inbox(prefix, partitions),
                new Letters(prefix), owners,
                watchEvery(timings), metrics, nanoTime, commits, Backlog.ofEachThread());
        Properties properties = StreamsProperties.of(clients, timings, session(clients, timings), options, memory);
        try {
            streams = new KafkaStreams(OutboxTopology.of(prefix, () -> new OutboxProcessor(parts)), properties,
                    new TellingClients(() -> commits.get().ended()));
        } catch (RuntimeException e) {
            metrics.close();
            memory.close();
            throw e;
        }
        streams.setUncaughtExceptionHandler(new ThreadFailures(nanoTime));
        streams.setStateListener(this::changed);
    }

    public void start() {
        stateSinceNanos = nanoTime.getAsLong();
        workers.start();
        streams.start();
    }

    /** Whether it works now, or will in a moment. */
    public boolean isReady() {
        State state = streams.state();
        return state == State.RUNNING
                || (state == State.REBALANCING && hasRun && nanoTime.getAsLong() - stateSinceNanos < BRIEFLY_NANOS);
    }

    /** Completes when it will never work again. */
    public CompletionStage<Void> failure() {
        return failure;
    }

    /** Leaves the group at once, so that another instance need not wait for the session to end. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            boolean ended = streams.close(CloseOptions.groupMembershipOperation(
                    CloseOptions.GroupMembershipOperation.LEAVE_GROUP).withTimeout(CLOSE));
            workers.close();
            metrics.close();
            if (ended) {
                memory.close();
            } else {
                LOG.warn("the outbox did not end within {} s", CLOSE.toSeconds());
            }
        }
    }

    private void changed(State now, State before) {
        stateSinceNanos = nanoTime.getAsLong();
        hasRun |= now == State.RUNNING;
        LOG.info("outbox {} (was {})", now, before);
        if (now == State.ERROR) {
            failure.complete(null);
        }
    }

    private static Duration session(KafkaClients clients, Timings timings) {
        try (Admin admin = clients.admin("outbox-limits")) {
            BrokerLimits limits = BrokerLimits.of(admin);
            LOG.info("failover bound: {} ms after an instance dies its accounts are served again at the latest; session"
                    + " {} ms, transaction timeout {} ms, rolled back within {} ms more",
                    limits.failover(timings).toMillis(),
                    limits.session(timings).toMillis(), timings.transactionTimeout().toMillis(),
                    limits.rollBackEvery().toMillis());
            return limits.session(timings);
        }
    }

    /** Four times a lease: silence is noticed soon after its end. */
    private static Duration watchEvery(Timings timings) {
        Duration quarter = timings.lease().dividedBy(4);
        return quarter.compareTo(LEAST_WATCH) < 0 ? LEAST_WATCH : quarter;
    }

    /** A transaction must end well within its timeout. */
    private static Duration mostCollected(Timings timings) {
        Duration third = timings.transactionTimeout().dividedBy(3);
        return third.compareTo(MOST_COLLECTED) < 0 ? third : MOST_COLLECTED;
    }
}
