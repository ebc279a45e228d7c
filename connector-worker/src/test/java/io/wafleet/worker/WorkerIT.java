package io.wafleet.worker;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Event;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.Reply;
import io.wafleet.contract.Topic;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import io.wafleet.kafka.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(BrokerExtension.class)
final class WorkerIT {
    private static final String PHONE = "+40712345678";
    private static final PhoneNumber FRIEND = new PhoneNumber("+40722000111");

    private TestFleet fleet;

    @BeforeEach
    void startsFleet(TestBroker broker) {
        fleet = new TestFleet(broker.freshSettings(4));
    }

    @AfterEach
    void stopsFleet() {
        fleet.close();
    }

    @Test
    void linksAnAccountByQrAndSendsAMessageThatArrivesOnce() {
        fleet.startWorker("worker-a", Map.of());
        AccountId account = fleet.connect(PHONE);
        fleet.dispatch(account, new MessageId("3EB0AA"), FRIEND, fleet.epoch(account));
        await().atMost(TestFleet.PATIENCE).until(() -> fleet.last(Event.DispatchOutcome.class, account) != null);
        assertThat(fleet.last(Event.DispatchOutcome.class, account).outcome()).isEqualTo(Event.Outcome.SENT);
        assertThat(fleet.get("/api/ledger/messages?phone=" + PHONE.substring(1))).contains("3EB0AA");
        assertThat(fleet.statuses(account)).extracting(Event.AccountStatusChanged::status).containsSubsequence(
                AccountStatus.CONNECTING, AccountStatus.QR_READY, AccountStatus.CONNECTED);
        assertThat(fleet.last(Event.AccountStatusChanged.class, account).requiresQr()).isFalse();
    }

    @Test
    void answersACommandOnceItIsInTheJournal() {
        fleet.startWorker("worker-a", Map.of());
        PhoneNumber phone = new PhoneNumber(PHONE);
        AccountId account = new AccountId("account_prod_x1");
        CommandId id = fleet.link(account, phone);
        await().atMost(TestFleet.PATIENCE).until(() -> fleet.replies.stream().anyMatch(r -> r.id().equals(id)));
        assertThat(fleet.replies).singleElement().isInstanceOfSatisfying(Reply.CommandReply.class,
                r -> assertThat(r.result()).isEqualTo(Reply.CommandResult.APPLIED));
    }

    @Test
    void anAccountCommandForAnotherOwnerIsAnsweredAndDoesNothingWhateverTheClocksSay() {
        fleet.startWorker("worker-a", Map.of());
        AccountId account = fleet.connect(PHONE);
        Epoch own = fleet.epoch(account);
        Instant now = Instant.now();
        Reply.CommandReply former = reply(fleet.rename(account, "Former", new Epoch(own.value() - 1), now));
        Reply.CommandReply next = reply(fleet.rename(account, "Next", new Epoch(own.value() + 1), now));
        assertThat(List.of(former, next)).allSatisfy(r -> {
            assertThat(r.result()).isEqualTo(Reply.CommandResult.EXPIRED);
            assertThat(r.code()).isEqualTo("owner_changed");
        });
        assertThat(fleet.statuses(account)).noneMatch(s -> "Former".equals(s.name()) || "Next".equals(s.name()));

        for (Duration off : List.of(Duration.ofMinutes(-10), Duration.ofMinutes(10))) {
            assertThat(reply(fleet.rename(account, "Renamed", own, now.plus(off))).result())
                    .isEqualTo(Reply.CommandResult.APPLIED);
        }
        await().atMost(TestFleet.PATIENCE)
                .until(() -> "Renamed".equals(fleet.last(Event.AccountStatusChanged.class, account).name()));
    }

    private Reply.CommandReply reply(CommandId id) {
        await().atMost(TestFleet.PATIENCE).until(() -> fleet.replies.stream().anyMatch(r -> r.id().equals(id)));
        return (Reply.CommandReply) fleet.replies.stream().filter(r -> r.id().equals(id)).findFirst().orElseThrow();
    }

    @Test
    void aStoppedWorkerHandsOverAndTheNextOneConnectsWithoutAQr() {
        fleet.startWorker("worker-a", Map.of());
        AccountId account = fleet.connect(PHONE);
        Epoch before = fleet.epoch(account);
        fleet.stopWorker("worker-a");
        await().atMost(TestFleet.PATIENCE).until(() -> fleet.events.stream()
                .anyMatch(e -> e instanceof Event.PartitionReleased r && r.epoch().equals(before)));
        long qrs = fleet.all(Event.QrIssued.class, account).size();

        fleet.startWorker("worker-b", Map.of());
        await().atMost(TestFleet.PATIENCE).until(() -> fleet.last(Event.AccountStatusChanged.class, account).worker()
                .value().equals("worker-b")
                && fleet.last(Event.AccountStatusChanged.class, account).status() == AccountStatus.CONNECTED);
        assertThat(fleet.epoch(account)).isGreaterThan(before);
        assertThat(fleet.all(Event.QrIssued.class, account)).hasSize((int) qrs);
        assertThat(fleet.get("/api/ledger/summary")).contains("\"doubleConnections\":0");
    }

    @Test
    void aDispatchOfAnEarlierEpochIsDroppedAndOneOfThisEpochIsSent() {
        fleet.startWorker("worker-a", Map.of());
        AccountId account = fleet.connect(PHONE);
        Epoch before = fleet.epoch(account);
        fleet.stopWorker("worker-a");
        fleet.startWorker("worker-b", Map.of());
        await().atMost(TestFleet.PATIENCE).until(() -> fleet.epoch(account).compareTo(before) > 0);
        fleet.dispatch(account, new MessageId("3EB0OLD"), FRIEND, before);
        awaitConnectedUnder(account, fleet.epoch(account));
        fleet.dispatch(account, new MessageId("3EB0NEW"), FRIEND, fleet.epoch(account));
        await().atMost(TestFleet.PATIENCE).until(() -> fleet.last(Event.DispatchOutcome.class, account) != null);
        assertThat(fleet.all(Event.DispatchOutcome.class, account)).extracting(o -> o.message().value())
                .containsExactly("3EB0NEW");
        assertThat(fleet.get("/api/ledger/messages?phone=" + PHONE.substring(1))).doesNotContain("3EB0OLD");
    }

    @Test
    void aJoiningWorkerTakesOnlyItsShareAndTheOthersFeelNothing() {
        fleet.startWorker("worker-a", Map.of());
        List<AccountId> accounts = java.util.stream.IntStream.range(0, 8)
                .mapToObj(i -> fleet.connect("+4071234560" + i))
                .toList();
        int known = fleet.events.size();
        fleet.startWorker("worker-b", Map.of());
        await().atMost(TestFleet.PATIENCE).until(() -> claimsBy("worker-b", known).size() == 2);
        List<Integer> moved = claimsBy("worker-b", known);
        accounts.stream().filter(a -> moved.contains(fleet.partition(a)))
                .forEach(a -> awaitConnectedUnder(a, fleet.epoch(a)));
        List<Event> since = fleet.events.stream().skip(known).toList();
        assertThat(accounts.stream().filter(a -> !moved.contains(fleet.partition(a)))).as("accounts that stay")
                .allSatisfy(a -> assertThat(since)
                        .noneMatch(e -> e instanceof Event.AccountStatusChanged s && s.account().equals(a)));
    }

    @Test
    void aRecordThatCannotBeReadGoesToTheDeadLettersAndTheNextOneIsServed() {
        fleet.startWorker("worker-a", Map.of());
        AccountId account = fleet.connect(PHONE);
        int partition = fleet.partition(account);
        fleet.raw(Topic.COMMANDS, partition, account.value(),
                "{\"type\":\"nonsense\"}".getBytes(StandardCharsets.UTF_8));
        fleet.raw(Topic.COMMANDS, (partition + 1) % 4, account.value(),
                io.wafleet.contract.JsonCodec
                        .encode(new io.wafleet.contract.Command.ReconnectAccount(new CommandId("c1"),
                                account, Instant.now(), fleet.epoch(account))));
        fleet.dispatch(account, new MessageId("3EB0AFTER"), FRIEND, fleet.epoch(account));
        await().atMost(TestFleet.PATIENCE).until(() -> fleet.deadLetters.size() == 2
                && fleet.last(Event.DispatchOutcome.class, account) != null);
        assertThat(fleet.deadLetters)
                .extracting(r -> DeadLetters.header(r.headers(), DeadLetters.HEADER_REASON))
                .anyMatch(r -> r.contains("type is not known")).anyMatch(r -> r.contains("wrong partition"));
        assertThat(fleet.last(Event.DispatchOutcome.class, account).outcome()).isEqualTo(Event.Outcome.SENT);
    }

    /** The letter's own headers would lift it over the broker's limit, and nothing more could be written. */
    @Test
    void anUnreadableRecordOfTheLargestSizeIsCutAndStopsNobody() {
        fleet.startWorker("worker-a", Map.of());
        AccountId account = fleet.connect(PHONE);
        fleet.raw(Topic.COMMANDS, fleet.partition(account), account.value(), new byte[1_048_400]);
        fleet.dispatch(account, new MessageId("3EB0AFTER"), FRIEND, fleet.epoch(account));
        await().atMost(TestFleet.PATIENCE).until(() -> !fleet.deadLetters.isEmpty()
                && fleet.last(Event.DispatchOutcome.class, account) != null);
        assertThat(fleet.deadLetters).singleElement().satisfies(letter -> {
            assertThat(letter.value()).hasSizeLessThan(900_000);
            assertThat(DeadLetters.header(letter.headers(), DeadLetters.HEADER_REASON))
                    .endsWith("(cut from 1048400 bytes)");
        });
    }

    private List<Integer> claimsBy(String worker, int from) {
        return fleet.events.stream().skip(from).filter(e -> e instanceof Event.PartitionClaimed c
                && c.worker().value().equals(worker)).map(e -> ((Event.PartitionClaimed) e).partition()).toList();
    }

    private void awaitConnectedUnder(AccountId account, Epoch epoch) {
        await().atMost(TestFleet.PATIENCE).until(() -> {
            Event.AccountStatusChanged last = fleet.last(Event.AccountStatusChanged.class, account);
            return last.status() == AccountStatus.CONNECTED && last.epoch().equals(epoch);
        });
    }
}
