package io.wafleet.conversations.projector;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.Topic;
import io.wafleet.conversations.ConversationStore;
import io.wafleet.conversations.PageRequest;
import io.wafleet.conversations.StoreUnavailableException;
import io.wafleet.conversations.StoreUnavailableException.Reason;
import io.wafleet.conversations.StoredMessage;
import io.wafleet.conversations.ThreadId;
import io.wafleet.conversations.sqlite.SqliteConversationStore;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import io.wafleet.health.Health;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static io.wafleet.conversations.projector.Told.LID;
import static io.wafleet.conversations.projector.Told.PHONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The projector on a real broker and the embedded store. */
@ExtendWith(BrokerExtension.class)
final class ProjectorIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 4;

    private static TestBroker broker;
    @TempDir
    private Path directory;
    private final Told told = new Told(new AccountId("account_test_projector"));
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private KafkaSettings kafka;
    private Teller teller;
    private ConversationStore store;
    private @Nullable ProjectorRole role;
    private Health health = new Health();

    @BeforeEach
    void opens() {
        kafka = broker.freshSettings(PARTITIONS);
        teller = new Teller(kafka);
        store = SqliteConversationStore.open(directory.resolve("store.db"));
    }

    @AfterEach
    void closes() {
        if (role != null) {
            role.close();
        }
        teller.close();
        store.close();
    }

    private ProjectorSettings settings() {
        Map<String, String> given = new HashMap<>();
        given.put("kafka.bootstrap", kafka.bootstrapServers());
        given.put("topic.prefix", kafka.topicPrefix());
        given.put("partitions", Integer.toString(kafka.partitions()));
        given.put("projector.retry.max", "300ms");
        return ProjectorSettings.from(Settings.of(given));
    }

    private ProjectorRole start(FlakyStore flaky) {
        health = new Health();
        role = ProjectorRole.start(settings(), flaky::store, metrics, health);
        return role;
    }

    private List<String> texts() {
        return store.messages(new ThreadId(told.account(), PHONE), PageRequest.first(100)).items().stream()
                .map(StoredMessage::text).toList();
    }

    private static void awaitThat(ThrowingRunnable holds) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(holds);
    }

    private double lag() {
        return metrics.get("wafleet.projector.lag.records").gauge().value();
    }

    @Test
    void keepsWhatTheTopicsTellOnceHoweverOftenItIsTold() {
        start(new FlakyStore(store));
        for (int again = 0; again < 2; again++) {
            teller.tell(told.inbound(LID, LID, "M1", 1, "under a LID", null, null));
            teller.tell(told.inbound(LID, LID, "M2", 2, "under both", PHONE, PHONE));
            teller.tell(told.text(PHONE, "M3", 3, "under the phone"));
            teller.tell(told.status("O1", 6, MessageStatus.DELIVERED));
            teller.tell(told.content("O1", "sent"));
            teller.tell(told.status("O1", 5, MessageStatus.SENT));
            teller.tell(told.status(7, AccountStatus.CONNECTED));
            teller.flush();
            awaitThat(() -> assertThat(texts()).hasSize(4).contains("under a LID", "under both", "under the phone",
                    "sent"));
            awaitThat(() -> assertThat(lag()).isZero());
        }
        ThreadId thread = new ThreadId(told.account(), PHONE);
        awaitThat(() -> assertThat(store.message(thread, told.content("O1", "x").message()).orElseThrow().delivery())
                .satisfies(d -> assertThat(d.status()).isEqualTo(MessageStatus.DELIVERED)));
        awaitThat(() -> assertThat(store.accounts()).singleElement()
                .satisfies(a -> assertThat(a.status()).isEqualTo(AccountStatus.CONNECTED)));
        assertThat(store.threads(told.account(), PageRequest.first(10)).items()).singleElement()
                .satisfies(t -> assertThat(t.id()).isEqualTo(thread));
        assertThat(teller.deadLetters()).isEmpty();
        assertThat(health.isReady()).isTrue();
        awaitThat(() -> assertThat(metrics.get("wafleet.projector.lag").gauge().value()).isZero());
    }

    @Test
    void poisonOnEveryTopicGoesToTheDeadLettersAndTheStreamsGoOn() {
        start(new FlakyStore(store));
        int own = teller.partitionOf(told.account());
        teller.write(Topic.EVENTS, own, "x", new byte[]{'{'});
        teller.write(Topic.EVENTS, own, "x", null);
        teller.write(Topic.ACCOUNT_STATUS, own, "x", "{\"type\":\"nobody\"}".getBytes(StandardCharsets.UTF_8));
        teller.write(Topic.MESSAGE_STATUS, own, "a/b/content", "{}".getBytes(StandardCharsets.UTF_8));
        teller.write(Topic.EVENTS, (own + 1) % PARTITIONS, "x",
                JsonCodec.encode(told.text(PHONE, "M0", 1, "in the wrong partition")));
        teller.tell(told.tooLarge("M1", 1));
        teller.tell(told.text(PHONE, "M2", 2, "fine"));
        teller.tell(told.content("O1", "fine too"));
        teller.tell(told.status(7, AccountStatus.CONNECTED));
        teller.flush();
        awaitThat(() -> assertThat(texts()).containsExactlyInAnyOrder("fine", "fine too"));
        awaitThat(() -> assertThat(store.accounts()).hasSize(1));
        awaitThat(() -> assertThat(teller.deadLetters()).hasSize(6));
        assertThat(teller.deadLetters()).allMatch(l -> l.contains(": projector: "))
                .anyMatch(l -> l.startsWith("account-status: ")).anyMatch(l -> l.startsWith("message-status: "))
                .anyMatch(l -> l.contains("wrong partition")).anyMatch(l -> l.contains("no value"));
        assertThat(store.thread(new ThreadId(told.account(), LID)).orElseThrow().id().chat())
                .as("what else the refused record said").isEqualTo(PHONE);
    }

    @Test
    void aStoreThatIsAwayIsWaitedForAndNothingIsLost() {
        FlakyStore flaky = new FlakyStore(store);
        start(flaky);
        teller.tell(told.text(PHONE, "M1", 1, "before"));
        awaitThat(() -> assertThat(texts()).containsExactly("before"));
        for (Reason reason : List.of(Reason.DOWN, Reason.FULL, Reason.NEWER)) {
            flaky.fail(reason);
            int refused = flaky.refused();
            String text = "while it is " + reason;
            teller.tell(told.text(PHONE, "M-" + reason, 2, text));
            awaitThat(() -> assertThat(flaky.refused()).isGreaterThan(refused + 2));
            awaitThat(() -> assertThat(lag()).isPositive());
            assertThat(health.isReady()).isFalse();
            flaky.fail(null);
            awaitThat(() -> assertThat(texts()).contains(text));
            awaitThat(() -> assertThat(lag()).isZero());
            assertThat(health.isReady()).isTrue();
        }
        assertThat(metrics.get("wafleet.projector.store.failures").tag("reason", "newer").counter().count())
                .isPositive();
    }

    @Test
    void startsWithoutAStoreAndOpensItLater() {
        FlakyStore flaky = new FlakyStore(store);
        var missing = new AtomicBoolean(true);
        health = new Health();
        role = ProjectorRole.start(settings(), () -> {
            if (missing.get()) {
                throw new StoreUnavailableException(Reason.DOWN, "not there", null);
            }
            return flaky.store();
        }, metrics, health);
        teller.tell(told.text(PHONE, "M1", 1, "hello"));
        teller.flush();
        awaitThat(() -> assertThat(lag()).isPositive());
        assertThat(health.isReady()).isFalse();
        missing.set(false);
        awaitThat(() -> assertThat(texts()).containsExactly("hello"));
        awaitThat(() -> assertThat(health.isReady()).isTrue());
    }

    @Test
    void aDeathBetweenWriteAndCommitLosesNothingAndDoublesNothing() {
        tellMany(3_000);
        ProjectorRole dying = start(new FlakyStore(store).dieAfter(2));
        awaitThat(() -> assertThat(dying.failure().toCompletableFuture()).isCompletedExceptionally());
        dying.close();
        long before = export(store).size();
        assertThat(before).isLessThan(3_000);
        start(new FlakyStore(store));
        awaitThat(() -> assertThat(messages()).isEqualTo(3_000));
        assertThat(store.thread(new ThreadId(told.account(), PHONE)).orElseThrow().unread()).hasSize(100);
    }

    @Test
    void membersThatJoinAndLeaveLoseNothing() {
        tellMany(1_000);
        ProjectorRole first = start(new FlakyStore(store));
        try (ProjectorRole second = ProjectorRole.start(settings(), new FlakyStore(store)::store,
                new SimpleMeterRegistry(), new Health())) {
            tellMany(2_000);
            first.close();
            tellMany(3_000);
            awaitThat(() -> assertThat(messages()).isEqualTo(3_000));
            assertThat(second.failure().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void aRebuildOfAnEmptyStoreGivesTheSameDocuments() {
        start(new FlakyStore(store));
        tellMany(600);
        teller.tell(told.inbound(LID, LID, "L1", 1, "under a LID", null, null));
        teller.tell(told.content("O1", "sent"));
        teller.tell(told.status("O1", 5, MessageStatus.SENT));
        teller.tell(told.inbound(LID, LID, "L2", 2, "under both", PHONE, PHONE));
        teller.tell(told.status(7, AccountStatus.CONNECTED));
        teller.write(Topic.EVENTS, told.account(), "x", new byte[]{'{'});
        teller.flush();
        awaitThat(() -> assertThat(messages()).isEqualTo(603));
        awaitThat(() -> assertThat(store.accounts()).hasSize(1));
        awaitThat(() -> assertThat(lag()).isZero());
        try (ConversationStore other = SqliteConversationStore.open(directory.resolve("rebuilt.db"))) {
            for (int again = 0; again < 2; again++) {
                Rebuild.Progress end = Wiring.rebuild(settings(), new FlakyStore(other)::store).run(_ -> {
                });
                assertThat(end.poisoned()).isEqualTo(1);
                assertThat(end.read()).containsEntry(Topic.EVENTS, 603L).containsEntry(Topic.MESSAGE_STATUS, 2L);
                assertThat(export(other)).isEqualTo(export(store));
            }
        }
        Rebuild.Progress onto = Wiring.rebuild(settings(), new FlakyStore(store)::store).run(_ -> {
        });
        assertThat(onto.changes()).isGreaterThan(600);
        assertThat(messages()).isEqualTo(603);
    }

    private void tellMany(int count) {
        for (int i = 0; i < count; i++) {
            teller.tell(told.text(PHONE, "M" + i, i, "message " + i));
        }
        teller.flush();
    }

    private long messages() {
        return export(store).keySet().stream().filter(path -> path.contains("/messages/")).count();
    }

    private Map<String, Map<String, Object>> export(ConversationStore from) {
        Map<String, Map<String, Object>> documents = new TreeMap<>();
        from.export(told.account(), document -> documents.put(document.path(), document.fields()));
        return documents;
    }
}
