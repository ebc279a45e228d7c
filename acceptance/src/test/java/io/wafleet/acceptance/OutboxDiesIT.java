package io.wafleet.acceptance;

import io.wafleet.cli.Main;
import io.wafleet.cli.fleet.Distribution;
import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.fleet.LinkedAccounts;
import io.wafleet.cli.fleet.Patience;
import io.wafleet.cli.fleet.ProcessFleet;
import io.wafleet.contract.Command;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.Topic;
import io.wafleet.kafka.KafkaClients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** One of two outbox processes is killed again and again under load; the other goes on. */
final class OutboxDiesIT {
    private static final int KILLS = Integer.getInteger("wafleet.kills", 2);
    private static final int ACCOUNTS = 8;
    private static final int CHATS = 2;
    private static final int PARTITIONS = 16;
    private static final Duration SESSION = Duration.ofSeconds(5);
    private static final Duration BETWEEN_SENDS = Duration.ofMillis(150);
    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;
    private final Map<String, List<String>> accepted = new ConcurrentHashMap<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    /** The longest time between two dispatches of an account, each as anybody who reads committed records sees them. */
    private final Map<String, Long> longestNanos = new ConcurrentHashMap<>();
    private volatile boolean isLoadOver;

    @Test
    void nothingIsLostOrDoubledAndDispatchingGoesOnSoon() throws Exception {
        try (Http http = new Http();
                ProcessFleet fleet = new ProcessFleet(Distribution.of(Main.class), directory, PARTITIONS,
                        Map.of("WAFLEET_SESSION_TIMEOUT", SESSION.toSeconds() + "s"))) {
            fleet.startAll(http, 1);
            startStandby(fleet);
            LinkedAccounts accounts = LinkedAccounts.link(fleet, http, ACCOUNTS);
            Thread load = Thread.ofPlatform().name("load").start(() -> load(http, fleet, accounts));
            Thread watch = Thread.ofPlatform().name("watch").start(() -> watch(fleet));
            Patience.pass(SESSION);
            for (int kill = 0; kill < KILLS; kill++) {
                boolean isFirst = kill % 2 == 0;
                fleet.process(isFirst ? "outbox" : "outbox-2").kill();
                Patience.pass(SESSION.multipliedBy(2));
                if (isFirst) {
                    fleet.start("outbox", "outbox");
                } else {
                    startStandby(fleet);
                }
                fleet.await("the killed outbox runs again",
                        () -> fleet.process(isFirst ? "outbox" : "outbox-2").isRunning());
                Patience.pass(SESSION);
            }
            isLoadOver = true;
            load.join();
            assertThat(refused).isEmpty();
            awaitShown(accounts);
            watch.join();
        }
        int messages = accepted.values().stream().mapToInt(List::size).sum();
        long longestMs = longestNanos.values().stream().mapToLong(n -> n / 1_000_000).max().orElseThrow();
        System.out.printf("%d kills of an outbox, %d messages: none lost, none doubled; longest hole in an account's"
                + " dispatches %d ms, session timeout %d ms%n", KILLS, messages, longestMs, SESSION.toMillis());
        assertThat(longestNanos).hasSize(ACCOUNTS);
        assertThat(longestMs).isLessThanOrEqualTo(3 * SESSION.toMillis());
    }

    private void startStandby(ProcessFleet fleet) {
        fleet.start("outbox-2", "outbox", "--outbox-state-dir", directory.resolve("outbox-2").toString());
    }

    private void load(Http http, ProcessFleet fleet, LinkedAccounts accounts) {
        for (int round = 0; !isLoadOver; round++) {
            String to = chat(round % CHATS);
            for (LinkedAccounts.Account account : accounts.all()) {
                Http.Answer answer = http.post(fleet.gateway("/api/whatsapp/send-message"),
                        "{\"accountId\":\"%s\",\"to\":\"+%s\",\"message\":\"message %d\"}"
                                .formatted(account.id(), to, round),
                        "Prefer", "respond-async");
                if (answer.status() == 202) {
                    accepted.computeIfAbsent(account.phone() + " " + to, _ -> new CopyOnWriteArrayList<>())
                            .add(answer.json().path("messageId").asString());
                } else {
                    refused.add(answer.status() + " " + answer.body());
                }
            }
            Patience.pass(BETWEEN_SENDS);
        }
    }

    private void watch(ProcessFleet fleet) {
        Map<String, Long> last = new HashMap<>();
        List<TopicPartition> all = IntStream.range(0, PARTITIONS)
                .mapToObj(p -> new TopicPartition(Topic.COMMANDS.name(fleet.kafka().topicPrefix()), p)).toList();
        try (Consumer<byte[], byte[]> consumer = new KafkaClients(fleet.kafka()).consumer("watch", Map.of())) {
            consumer.assign(all);
            consumer.seekToEnd(all);
            while (!isLoadOver) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    if (JsonCodec.decode(record.value(), Command.class) instanceof Command.Dispatch dispatch) {
                        long now = System.nanoTime();
                        Long before = last.put(dispatch.account().value(), now);
                        longestNanos.merge(dispatch.account().value(), before == null ? 0 : now - before, Math::max);
                    }
                });
            }
        }
    }

    private void awaitShown(LinkedAccounts accounts) {
        for (LinkedAccounts.Account account : accounts.all()) {
            for (int chat = 0; chat < CHATS; chat++) {
                List<String> ids = new ArrayList<>(accepted.get(account.phone() + " " + chat(chat)));
                String to = chat(chat);
                await().atMost(LONG).pollInterval(Duration.ofMillis(200)).untilAsserted(
                        () -> assertThat(accounts.shown(account.phone(), to)).hasSizeGreaterThanOrEqualTo(ids.size()));
                assertThat(accounts.shown(account.phone(), to)).isEqualTo(ids);
            }
        }
    }

    private static String chat(int number) {
        return "4072250000" + number;
    }
}
