package io.wafleet.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.wafleet.conversations.store.Stores;
import io.wafleet.health.Health;
import io.wafleet.kafka.AccountPartitions;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.kafka.Topics;
import io.wafleet.worker.backup.BackupSettings;
import io.wafleet.worker.backup.Backups;
import io.wafleet.worker.backup.store.StoreBackups;
import io.wafleet.worker.connector.Connector;
import io.wafleet.worker.connector.KeepAlive;
import io.wafleet.worker.connector.simulated.SimulatedConnector;
import io.wafleet.worker.connector.simulated.SimulatedMediaOrigin;
import io.wafleet.worker.kafka.GroupProtocol;
import io.wafleet.worker.kafka.KafkaJournalSource;
import io.wafleet.worker.kafka.KafkaProducerFence;
import io.wafleet.worker.kafka.MediaEvents;
import io.wafleet.worker.kafka.OwnerGroup;
import io.wafleet.worker.kafka.TransactionalWriter;
import io.wafleet.worker.kafka.WorkerHeartbeats;
import io.wafleet.worker.keeping.MediaKeeper;
import io.wafleet.worker.media.http.HttpMediaSource;
import io.wafleet.worker.partition.ConnectLimiter;
import io.wafleet.worker.partition.OwnershipLoop;
import io.wafleet.worker.partition.PartitionPorts;
import io.wafleet.worker.partition.WorkerMetrics;
import io.wafleet.worker.sealing.CredentialCipher;
import io.wafleet.worker.session.SessionMachine;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a worker together. What flows: the group assigns partitions ({@link OwnerGroup}), the {@link OwnershipLoop} takes them over
 * (reads the journal, fences, claims), each claimed partition gets a loop that feeds its accounts' {@link SessionMachine}s with
 * commands and signals of the {@link Connector}, and all of them write through the one {@link TransactionalWriter}.
 */
final class Wiring implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

    private final OwnerGroup group;
    private final OwnershipLoop ownership;
    private final WorkerHeartbeats heartbeats;
    private final TransactionalWriter writer;
    private final KafkaJournalSource journals;
    private final Connector connector;
    private final Optional<StoreBackups> backups;
    private final HttpMediaSource media;
    private final Optional<MediaEvents> keeping;
    private final Admin admin;
    private final ScheduledTimers timers;
    private final ExecutorService executor;
    private boolean closed;

    private Wiring(WorkerSettings settings, MeterRegistry registry, Health health, CompletableFuture<Void> failure) {
        KafkaClients clients = new KafkaClients(settings.kafka());
        String id = settings.worker().value();
        admin = clients.admin(id + "-admin");
        new Topics(admin, settings.kafka()).check();
        GroupProtocol protocol = GroupProtocol.choose(admin, settings.groupProtocol(), OwnerGroup.id(settings.kafka()),
                settings.timings());

        timers = new ScheduledTimers();
        // Threads that are used again: Tink keeps its ciphers and random numbers by thread, and makes them anew in a new one.
        executor = Executors.newCachedThreadPool(Thread.ofPlatform().name("partition-", 0).factory());
        WorkerMetrics metrics = new WorkerMetrics(registry, settings.worker());

        group = new OwnerGroup(clients, id, protocol, settings.handoverBound());
        connector = new SimulatedConnector(settings.simulator(),
                new KeepAlive.Timing(settings.session().keepAliveInterval(), settings.session().keepAliveTimeout()),
                System::nanoTime, group.lease()::isHeld, registry);
        media = new HttpMediaSource(settings.media(), System::nanoTime, registry);
        Tags worker = Tags.of("worker", settings.worker().value());
        registry.gauge("wafleet.worker.media.waiting", worker, media, HttpMediaSource::waiting);
        KafkaProducerFence fence = new KafkaProducerFence(admin);
        writer = group.writer(settings.worker(), fence);
        journals = new KafkaJournalSource(clients, id);
        AccountPartitions partitions = new AccountPartitions(settings.kafka().partitions());
        CredentialCipher cipher = CredentialCipher.of(settings.credentialKeys());
        backups = backups(settings, partitions, cipher, registry);
        PartitionPorts ports = new PartitionPorts(settings.worker(), settings.kafka().topicPrefix(), partitions, writer,
                group.lease(), connector, media,
                cipher, new SessionMachine(settings.session()),
                new ConnectLimiter(timers, settings.connectsPerSecond()), executor, timers,
                Clock.tickMillis(ZoneOffset.UTC), System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble(), metrics, settings.keeping().keptBytes(),
                backups.<Backups>map(kept -> kept).orElse(Backups.NONE));
        heartbeats = new WorkerHeartbeats(clients, settings.worker(), protocol.timings(), group.lease());
        ownership = new OwnershipLoop(ports, journals, fence, settings.handoverBound(),
                heartbeats::now, failure::completeExceptionally);
        heartbeats.start(ownership::active, metrics::accounts, metrics::connected);
        group.join(ownership, cause -> failure.completeExceptionally(cause));
        keeping = settings.keeping().mediaStore().map(store -> {
            MediaKeeper keeper = new MediaKeeper(settings.keeping(), store,
                    new SimulatedMediaOrigin(settings.simulator()), System::nanoTime, registry);
            registry.gauge("wafleet.worker.media.keep.waiting", worker, keeper, MediaKeeper::waiting);
            return MediaEvents.start(clients, id, keeper);
        });
        health.readyWhen("worker.lease", group.lease()::isHeld);
    }

    static Wiring start(WorkerSettings settings, MeterRegistry registry, Health health,
            CompletableFuture<Void> failure) {
        return new Wiring(settings, registry, health, failure);
    }

    private static Optional<StoreBackups> backups(WorkerSettings settings, AccountPartitions partitions,
            CredentialCipher cipher, MeterRegistry registry) {
        BackupSettings backup = settings.backup();
        if (!backup.enabled()) {
            LOG.warn(
                    "credentials are not backed up: a lost journal would need every account to be paired anew; name a store");
            return Optional.empty();
        }
        return Optional.of(new StoreBackups(settings.worker(), () -> Stores.open(backup.store()), partitions, cipher,
                backup.interval(), settings.handoverBound(), System::nanoTime, registry));
    }

    /** In order: hand everything over, tell that we are gone, then take the rest apart. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        group.leave();
        keeping.ifPresent(MediaEvents::close);
        heartbeats.close();
        ownership.close();
        backups.ifPresent(StoreBackups::close);
        writer.close();
        journals.close();
        media.close();
        connector.close();
        group.close();
        timers.close();
        executor.shutdown();
        admin.close(Duration.ofSeconds(1));
    }
}
