package io.wafleet.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Chat;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.Content;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.OutboxRequest;
import io.wafleet.contract.Topic;
import io.wafleet.contract.WorkerHeartbeat;
import io.wafleet.contract.WorkerId;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import io.wafleet.health.Health;
import io.wafleet.kafka.AccountPartitions;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What {@code account-status} says of accounts whose owner fell silent, and of those whose owner only seems to have. */
@ExtendWith(BrokerExtension.class)
class OwnerLostIT {
    private static final int PARTITIONS = 2;
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration LEASE = FakeWorker.LEASE;
    private static final AccountId SHOP = new AccountId("shop");

    @TempDir
    Path folder;

    private KafkaClients clients;

    @BeforeEach
    void connect(TestBroker broker) {
        clients = new KafkaClients(broker.freshSettings(PARTITIONS));
    }

    private OutboxRole start() {
        return start(new SimpleMeterRegistry());
    }

    private OutboxRole start(MeterRegistry metrics) {
        Settings given = Settings.of(Map.of("kafka.bootstrap", clients.settings().bootstrapServers(), "topic.prefix",
                clients.settings().topicPrefix(), "partitions", Integer.toString(PARTITIONS), "outbox.state.dir",
                folder.toString(), "session.timeout", LEASE.toMillis() + "ms"));
        OutboxSettings settings = OutboxSettings.from(given);
        given.check();
        Health health = new Health();
        OutboxRole outbox = OutboxRole.start(settings, metrics, health);
        await().atMost(LONG).until(health::isReady);
        return outbox;
    }

    private Tail statuses() {
        return new Tail(clients, Topic.ACCOUNT_STATUS.name(clients.settings().topicPrefix()), PARTITIONS);
    }

    private static AccountId account(AccountStatus status) {
        return new AccountId("account-" + status.wire());
    }

    private static Map<String, String> latest(Tail statuses) {
        Map<String, String> latest = new LinkedHashMap<>();
        statuses.values(AccountStatusRecord.class)
                .forEach(s -> latest.put(s.account().value(), s.status().wire() + "/" + s.reason()));
        return latest;
    }

    private static List<String> reasons(Tail statuses) {
        return statuses.values(AccountStatusRecord.class).map(s -> String.valueOf(s.reason())).toList();
    }

    private static void awaitShop(Tail statuses, String status) {
        await().atMost(LONG).until(() -> status.equals(latest(statuses).get(SHOP.value())));
    }

    @Test
    void onlyAccountsThatNeedAnOwnerAreLostWithIt() {
        try (OutboxRole _ = start(); Tail statuses = statuses()) {
            try (FakeWorker dying = new FakeWorker(clients, 100)) {
                for (AccountStatus status : AccountStatus.values()) {
                    dying.status(account(status), status);
                }
                await().atMost(LONG).until(() -> latest(statuses).size() == AccountStatus.values().length);
            }
            await().atMost(LONG).untilAsserted(() -> assertThat(latest(statuses)).allSatisfy((account, said) -> {
                switch (account) {
                    case "account-disconnected", "account-needs_qr", "account-conflict", "account-deleted" ->
                        assertThat(said).isEqualTo(account.replace("account-", "") + "/null");
                    default -> assertThat(said).isEqualTo("reconnecting/owner_lost");
                }
            }));
            try (FakeWorker heir = new FakeWorker(clients, 200)) {
                heir.status(account(AccountStatus.CONNECTED), AccountStatus.CONNECTING);
                heir.status(account(AccountStatus.CONNECTED), AccountStatus.CONNECTED);
                await().atMost(LONG)
                        .until(() -> "connected/null".equals(latest(statuses).get("account-connected")));
            }
        }
    }

    @Test
    void aRestartOfTheOutboxLosesNobodyThatLivesAndRevivesNobodyThatIsDead() {
        try (Tail statuses = statuses()) {
            try (FakeWorker worker = new FakeWorker(clients, 100)) {
                try (OutboxRole _ = start()) {
                    worker.connected(SHOP);
                    awaitShop(statuses, "connected/null");
                }
                try (OutboxRole _ = start()) {
                    await().during(LEASE.multipliedBy(2)).atMost(LONG)
                            .until(() -> !reasons(statuses).contains("owner_lost"));
                }
            }
            // It dies while no outbox runs. Its last heartbeat is there to be read, and younger than its lease.
            try (OutboxRole _ = start()) {
                awaitShop(statuses, "reconnecting/owner_lost");
            }
            int said = statuses.records().size();
            try (OutboxRole _ = start()) {
                await().during(LEASE.multipliedBy(2)).atMost(LONG).until(() -> statuses.records().size() == said);
                try (FakeWorker heir = new FakeWorker(clients, 200)) {
                    heir.connected(SHOP);
                    awaitShop(statuses, "connected/null");
                    assertThat(reasons(statuses)).as("each is said once").containsExactly("null", "owner_lost", "null");
                }
            }
        }
    }

    @Test
    void metricsTellWhatWaitsWithoutOwner() {
        MeterRegistry metrics = new SimpleMeterRegistry();
        try (OutboxRole _ = start(metrics); Producer<byte[], byte[]> gateway = clients.producer("gateway", Map.of())) {
            await().atMost(LONG).until(() -> waiting(metrics).equals(List.of(2, 0, 0)));
            try (FakeWorker dying = new FakeWorker(clients, 100).silent()) {
                dying.connected(SHOP);
                // The second is for the same chat, so it waits behind the first.
                send(gateway, "M1");
                send(gateway, "M2");
                await().atMost(LONG).until(() -> dying.dispatches().size() == 1);
                await().atMost(LONG).until(() -> waiting(metrics).equals(List.of(0, 0, 0)));
            }
            await().atMost(LONG).until(() -> waiting(metrics).equals(List.of(2, 2, 1)));
            try (FakeWorker heir = new FakeWorker(clients, 200)) {
                heir.connected(SHOP);
                await().atMost(LONG).until(() -> waiting(metrics).equals(List.of(0, 0, 0)));
            }
        }
    }

    private static List<Integer> waiting(MeterRegistry metrics) {
        return Stream.of("partitions.without.owner", "messages.waiting.without.owner", "dispatches.without.owner")
                .map(name -> (int) metrics.get("wafleet.outbox." + name).gauge().value()).toList();
    }

    private void send(Producer<byte[], byte[]> gateway, String message) {
        OutboxRequest.Send send = new OutboxRequest.Send(new CommandId("r" + message), SHOP, new MessageId(message),
                new Chat("40700000000@s.whatsapp.net"), new Content.Text("hello"), null, null, Instant.now(), null,
                null);
        var _ = gateway.send(new ProducerRecord<>(Topic.OUTBOX.name(clients.settings().topicPrefix()),
                new AccountPartitions(PARTITIONS).of(SHOP), SHOP.value().getBytes(StandardCharsets.UTF_8),
                JsonCodec.encode(send)));
    }

    @Test
    void clocksThatDifferByMinutesChangeNothing() {
        try (OutboxRole _ = start(); Tail statuses = statuses()) {
            long epoch = 100;
            for (Duration off : List.of(Duration.ofMinutes(-10), Duration.ofMinutes(10))) {
                try (FakeWorker worker = new FakeWorker(clients, epoch++, off)) {
                    worker.connected(SHOP);
                    awaitShop(statuses, "connected/null");
                    int said = statuses.records().size();
                    await().during(LEASE.multipliedBy(2)).atMost(LONG).until(() -> statuses.records().size() == said);
                }
                awaitShop(statuses, "reconnecting/owner_lost");
            }
        }
    }

    /** Others beat all the time: the reader never finds itself at the very end, and must notice the silence all the same. */
    @Test
    void oneSilentWorkerIsNoticedAmongManyThatBeat() {
        ScheduledExecutorService others = Executors.newSingleThreadScheduledExecutor();
        try (Producer<byte[], byte[]> producer = clients.producer("others", Map.of());
                OutboxRole _ = start();
                Tail statuses = statuses()) {
            AtomicLong sequence = new AtomicLong();
            var _ = others.scheduleAtFixedRate(() -> producer.send(new ProducerRecord<>(
                    Topic.WORKERS.name(clients.settings().topicPrefix()), 0, "other".getBytes(StandardCharsets.UTF_8),
                    JsonCodec.encode(new WorkerHeartbeat(new WorkerId("other"), "i", "test",
                            sequence.incrementAndGet(), Map.of(7, new Epoch(1)), 0, 0, LEASE.toMillis(), Instant.EPOCH,
                            Instant.EPOCH)))),
                    0, 5, TimeUnit.MILLISECONDS);
            try (FakeWorker dying = new FakeWorker(clients, 100)) {
                dying.connected(SHOP);
                awaitShop(statuses, "connected/null");
            }
            awaitShop(statuses, "reconnecting/owner_lost");
        } finally {
            others.shutdownNow();
        }
    }
}
