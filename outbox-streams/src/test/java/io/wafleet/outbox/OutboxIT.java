package io.wafleet.outbox;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Command;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.Content;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.contract.OutboxRequest;
import io.wafleet.contract.Reply;
import io.wafleet.contract.Topic;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import io.wafleet.health.Health;
import io.wafleet.kafka.AccountPartitions;
import io.wafleet.kafka.DeadLetters;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.settings.InvalidSettingsException;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The outbox on a real broker, between a gateway's requests and a worker that is played. */
@ExtendWith(BrokerExtension.class)
class OutboxIT {
    private static final int PARTITIONS = 4;
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private KafkaClients clients;
    private Producer<byte[], byte[]> gateway;
    private OutboxSettings settings;

    @BeforeEach
    void connect(TestBroker broker) {
        KafkaSettings kafka = broker.freshSettings(PARTITIONS);
        clients = new KafkaClients(kafka);
        gateway = clients.producer("gateway", Map.of());
        settings = settings(kafka, folder);
    }

    @AfterEach
    void disconnect() {
        gateway.close();
    }

    @Test
    void aMessageIsDispatchedAndItsStatusFollows() {
        try (OutboxRole outbox = start();
                Tail statuses = tail(Topic.MESSAGE_STATUS);
                FakeWorker worker = new FakeWorker(clients, 100)) {
            assertThat(outbox.name()).isEqualTo("outbox");
            send(account(1), "M1", null);
            await().atMost(LONG).until(() -> latest(statuses).get("M1") == MessageStatus.QUEUED);
            assertThat(worker.dispatches()).isEmpty();
            worker.connected(account(1));
            await().atMost(LONG).until(() -> latest(statuses).get("M1") == MessageStatus.SENT);
            assertThat(worker.dispatches()).hasSize(1);
        }
    }

    @Test
    void malformedRecordsBecomeDeadLettersAndTheStreamGoesOn() {
        AccountId account = account(1);
        int partition = partition(account);
        try (OutboxRole _ = start();
                Tail statuses = tail(Topic.MESSAGE_STATUS);
                Tail letters = tail(Topic.DEAD_LETTERS);
                FakeWorker worker = new FakeWorker(clients, 100)) {
            put(Topic.OUTBOX, partition, "not json");
            put(Topic.EVENTS, partition, "{\"type\":\"receipt-received\",\"account\":\"" + account + "\"}");
            put(Topic.OUTBOX, (partition + 1) % PARTITIONS, JsonCodec.text(request(account, "M0", null)));
            gateway.send(new ProducerRecord<>(topic(Topic.OUTBOX), partition, null, null));
            gateway.send(new ProducerRecord<>(topic(Topic.EVENTS), partition, null, new byte[900_000]));
            worker.connected(account);
            send(account, "M1", null);
            await().atMost(LONG).until(() -> latest(statuses).get("M1") == MessageStatus.SENT);
            await().atMost(LONG).until(() -> letters.records().size() == 5);
            assertThat(letters.records()).extracting(r -> DeadLetters.header(r.headers(), DeadLetters.HEADER_REASON))
                    .satisfiesExactlyInAnyOrder(r -> assertThat(r).isEqualTo("not JSON"),
                            r -> assertThat(r).contains("is missing"),
                            r -> assertThat(r).startsWith("wrong partition"),
                            r -> assertThat(r).isEqualTo("record has no value"),
                            r -> assertThat(r).startsWith("not JSON"));
            assertThat(letters.records()).allSatisfy(r -> assertThat(r.partition())
                    .hasToString(DeadLetters.header(r.headers(), DeadLetters.HEADER_PARTITION)));
        }
    }

    /** Else more requests than it can follow would keep outcomes waiting until their attempts seem to have none. */
    @Test
    void whatHappenedGoesBeforeWhatIsAsked() {
        try (Tail statuses = tail(Topic.MESSAGE_STATUS);
                Tail accounts = tail(Topic.ACCOUNT_STATUS);
                FakeWorker worker = new FakeWorker(clients, 100)) {
            for (int i = 0; i < 2_000; i++) {
                send(account(1), "M" + i, null);
            }
            gateway.flush();
            worker.connected(account(1));
            try (OutboxRole _ = start()) {
                await().atMost(LONG).until(() -> latest(statuses).size() == 2_000);
            }
            assertThat(accounts.records().getFirst().timestamp()).as("processed before most requests")
                    .isLessThanOrEqualTo(statuses.records().get(1_000).timestamp());
        }
    }

    @Test
    void aRestartLosesAndDoublesNothing() {
        int messages = 300;
        try (Tail statuses = tail(Topic.MESSAGE_STATUS); FakeWorker worker = new FakeWorker(clients, 100)) {
            for (int a = 0; a < 10; a++) {
                worker.connected(account(a));
            }
            OutboxRole outbox = start();
            for (int i = 0; i < messages; i++) {
                send(account(i % 10), "M" + i, null);
                if (i % 100 == 50) {
                    int sent = i / 2;
                    await().atMost(LONG).until(() -> worker.dispatches().size() > sent);
                    outbox.close();
                    outbox = start();
                }
            }
            try (OutboxRole _ = outbox) {
                await().atMost(LONG).until(() -> sent(statuses) == messages);
            }
            assertThat(worker.dispatches()).extracting(Command.Dispatch::message).doesNotHaveDuplicates()
                    .hasSize(messages);
            assertThat(statuses.values(MessageStatusRecord.class).filter(s -> s.status().isFinal())
                    .map(MessageStatusRecord::message)).doesNotHaveDuplicates().hasSize(messages);
            assertInOrder(worker.dispatches());
        }
    }

    @Test
    void aLostStateFolderIsRebuiltFromKafka(@TempDir Path other) {
        try (Tail replies = tail(Topic.REPLIES); FakeWorker worker = new FakeWorker(clients, 100)) {
            worker.connected(account(1));
            try (OutboxRole _ = start()) {
                send(account(1), "M1", "key");
                await().atMost(LONG).until(() -> replies.records().size() == 1);
            }
            settings = settings(clients.settings(), other);
            try (OutboxRole _ = start()) {
                send(account(1), "M2", "key");
                await().atMost(LONG).until(() -> replies.records().size() == 2);
            }
            assertThat(replies.values(Reply.class).map(Reply.RequestReply.class::cast)
                    .map(Reply.RequestReply::result)).containsExactly(Reply.RequestResult.ACCEPTED,
                            Reply.RequestResult.SAME_AS);
        }
    }

    @Test
    void aStateFolderLeftByAKilledProcessIsMended(@TempDir Path left) throws IOException {
        try (Tail statuses = tail(Topic.MESSAGE_STATUS); FakeWorker worker = new FakeWorker(clients, 100)) {
            worker.connected(account(1));
            try (OutboxRole _ = start()) {
                send(account(1), "M1", "key");
                await().atMost(LONG).until(() -> latest(statuses).get("M1") == MessageStatus.SENT);
                copy(folder, left);
            }
            settings = settings(clients.settings(), left);
            try (OutboxRole _ = start()) {
                send(account(1), "M2", "key");
                send(account(1), "M3", null);
                await().atMost(LONG).until(() -> latest(statuses).get("M3") == MessageStatus.SENT);
            }
            assertThat(worker.dispatches()).extracting(d -> d.message().value()).containsExactly("M1", "M3");
        }
    }

    @Test
    void aTakeoverDispatchesAnewUnderTheNewEpoch() {
        try (OutboxRole _ = start(); Tail statuses = tail(Topic.MESSAGE_STATUS)) {
            try (FakeWorker dying = new FakeWorker(clients, 100).silent()) {
                dying.connected(account(1));
                send(account(1), "M1", null);
                await().atMost(LONG).until(() -> dying.dispatches().size() == 1);
            }
            try (FakeWorker heir = new FakeWorker(clients, 200)) {
                heir.connected(account(1));
                await().atMost(LONG).until(() -> latest(statuses).get("M1") == MessageStatus.SENT);
                assertThat(heir.dispatches()).extracting(Command.Dispatch::message)
                        .containsExactly(new MessageId("M1"));
            }
        }
    }

    @Test
    void anOwnerThatStopsBeatingIsCalledLost() {
        try (OutboxRole _ = start(); Tail accounts = tail(Topic.ACCOUNT_STATUS)) {
            try (FakeWorker dying = new FakeWorker(clients, 100)) {
                dying.connected(account(1));
                await().atMost(LONG).until(() -> lastStatus(accounts) == AccountStatus.CONNECTED);
            }
            await().atMost(LONG).until(() -> lastStatus(accounts) == AccountStatus.RECONNECTING);
            assertThat(accounts.values(AccountStatusRecord.class).toList().getLast().reason()).isEqualTo("owner_lost");
            try (FakeWorker heir = new FakeWorker(clients, 200)) {
                heir.connected(account(1));
                await().atMost(LONG).until(() -> lastStatus(accounts) == AccountStatus.CONNECTED);
            }
        }
    }

    /** A task reads them from the beginning before it starts: a segment of a week would be a start of hours. */
    @Test
    void changelogsAreCompactedSoon() throws Exception {
        try (OutboxRole _ = start(); Admin admin = clients.admin("changelogs")) {
            List<ConfigResource> changelogs = admin.listTopics().names().get().stream()
                    .filter(topic -> topic.startsWith(clients.settings().topicPrefix()) && topic.endsWith("-changelog"))
                    .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic)).toList();
            assertThat(changelogs).hasSize(2);
            assertThat(admin.describeConfigs(changelogs).all().get().values()).allSatisfy(config -> {
                assertThat(config.get("cleanup.policy").value()).isEqualTo("compact");
                assertThat(config.get("segment.bytes").value()).isEqualTo("33554432");
                assertThat(config.get("segment.ms").value()).isEqualTo("3600000");
            });
        }
    }

    @Test
    void aSecondOutboxOnTheSameFolderIsRefusedByName() {
        try (OutboxRole _ = start()) {
            Assertions.assertThatThrownBy(this::start).isInstanceOf(InvalidSettingsException.class)
                    .hasMessageContaining("--outbox-state-dir");
        }
    }

    /** As a kill would leave it: nothing flushed, nothing closed. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    private OutboxRole start() {
        Health health = new Health();
        OutboxRole outbox = OutboxRole.start(settings, new SimpleMeterRegistry(), health);
        await().atMost(LONG).until(health::isReady);
        return outbox;
    }

    private static OutboxSettings settings(KafkaSettings kafka, Path folder) {
        Settings given = Settings.of(Map.of("kafka.bootstrap", kafka.bootstrapServers(), "topic.prefix",
                kafka.topicPrefix(), "partitions", Integer.toString(kafka.partitions()), "outbox.state.dir",
                folder.toString(), "session.timeout", "2s", "pacing.burst", "10000"));
        OutboxSettings settings = OutboxSettings.from(given);
        given.check();
        return settings;
    }

    private Tail tail(Topic topic) {
        return new Tail(clients, topic(topic), PARTITIONS);
    }

    private String topic(Topic topic) {
        return topic.name(clients.settings().topicPrefix());
    }

    private static AccountId account(int number) {
        return new AccountId("account" + number);
    }

    private static int partition(AccountId account) {
        return new AccountPartitions(PARTITIONS).of(account);
    }

    private void send(AccountId account, String message, @Nullable String key) {
        put(Topic.OUTBOX, partition(account), JsonCodec.text(request(account, message, key)));
    }

    private static OutboxRequest request(AccountId account, String message,
            @Nullable String key) {
        int chat = Integer.parseInt(message.substring(1)) % 3;
        return new OutboxRequest.Send(new CommandId("r" + message), account, new MessageId(message),
                new Chat("4070000000" + chat + "@s.whatsapp.net"), new Content.Text("hello"), key,
                key == null ? null : "same", Instant.now(), null, null);
    }

    private void put(Topic topic, int partition, String value) {
        gateway.send(new ProducerRecord<>(topic(topic), partition, "k".getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<String, MessageStatus> latest(Tail statuses) {
        Map<String, MessageStatus> latest = new HashMap<>();
        statuses.values(MessageStatusRecord.class).forEach(s -> latest.put(s.message().value(), s.status()));
        return latest;
    }

    private static long sent(Tail statuses) {
        return latest(statuses).values().stream().filter(s -> s == MessageStatus.SENT).count();
    }

    private static AccountStatus lastStatus(Tail accounts) {
        List<AccountStatusRecord> all = accounts.values(AccountStatusRecord.class).toList();
        return all.isEmpty() ? AccountStatus.CONNECTING : all.getLast().status();
    }

    private static void assertInOrder(List<Command.Dispatch> dispatches) {
        dispatches.stream().collect(Collectors.groupingBy(d -> d.account() + d.chat().jid())).values()
                .forEach(chat -> assertThat(chat)
                        .extracting(d -> Integer.parseInt(d.message().value().substring(1))).isSorted());
    }
}
