package io.wafleet.worker;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Command;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Event;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.Reply.CommandReply;
import io.wafleet.contract.Reply.CommandResult;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import io.wafleet.identity.AccountIds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the service before this one did to its operators, with real workers, a real broker and a simulated WhatsApp: each defect
 * has its test. Which one is whose: {@code docs/defects-of-the-original.md}.
 */
@ExtendWith(BrokerExtension.class)
final class DefectsOfTheOriginalIT {
    private static final String PHONE = "+40712345678";
    /** Sessions are in a hurry; ownership and keep-alive are not, so that a machine that is busy loses none. */
    private static final Map<String, String> IMPATIENT = Map.of("timing.profile", "steady", "session.backoff-min",
            "50ms", "session.backoff-max",
            "200ms", "session.keep-alive-interval", "200ms", "session.keep-alive-timeout", "3s");

    private TestFleet fleet;

    @BeforeEach
    void startsFleet(TestBroker broker) {
        fleet = new TestFleet(broker.freshSettings(4));
        fleet.startWorker("worker-a", IMPATIENT);
    }

    @AfterEach
    void stopsFleet() {
        fleet.close();
    }

    @Test
    void restartConnectsEveryAccountAgainWithoutAPersonOrAQr() {
        AccountId account = fleet.connect(PHONE);
        int qrs = fleet.all(Event.QrIssued.class, account).size();
        fleet.stopWorker("worker-a");
        fleet.startWorker("worker-b", IMPATIENT);
        awaitConnectedBy("worker-b", account);
        assertThat(fleet.all(Event.QrIssued.class, account)).hasSize(qrs);
    }

    @Test
    void scanIsFollowedByANewConnectionAfter515AndEndsConnected() {
        AccountId account = fleet.connect(PHONE);
        assertThat(fleet.get("/api/ledger/connections?account=" + account)).contains("\"code\":515");
        assertThat(fleet.connectsTotal()).isEqualTo(2);
        assertThat(fleet.last(Event.AccountStatusChanged.class, account).requiresQr()).isFalse();
    }

    @Test
    void failedReconnectIsFollowedByTheNextUntilOneSucceeds() {
        AccountId account = fleet.connect(PHONE);
        fault("\"kind\":\"refuse-logins\",\"code\":428,\"next\":6");
        fault("\"kind\":\"close\",\"code\":428");
        await().atMost(TestFleet.PATIENCE).until(() -> fleet.connectsTotal() >= 2 + 7);
        fleet.awaitStatus(account, AccountStatus.CONNECTED);
        assertThat(fleet.statuses(account)).extracting(Event.AccountStatusChanged::status)
                .doesNotContain(AccountStatus.NEEDS_QR, AccountStatus.DISCONNECTED);
    }

    @Test
    void terminalCodesStayStoppedThroughTwoTakeoversAFullRestartAndReconnectsUntilAPersonPairs() {
        Map<Integer, String> codes = Map.of(401, "+40712345601", 403, "+40712345602", 411, "+40712345603", 500,
                "+40712345604");
        codes.values().forEach(fleet::connect);
        codes.forEach((code, phone) -> {
            fault("\"kind\":\"close\",\"code\":%d,\"of\":[\"%s\"]".formatted(code, phone));
            fleet.awaitStatus(account(phone), AccountStatus.NEEDS_QR);
        });
        fleet.delete("/api/ledger");

        takeOver("worker-a", "worker-b");
        takeOver("worker-b", "worker-c");
        fleet.stopWorker("worker-c");
        fleet.startWorker("worker-d", IMPATIENT);
        codes.forEach((code, phone) -> {
            AccountId account = account(phone);
            awaitToldBy("worker-d", account);
            CommandReply refused = fleet.order(account,
                    (id, epoch) -> new Command.ReconnectAccount(id, account, Instant.now(), epoch));
            assertThat(refused.result()).isEqualTo(CommandResult.REFUSED);
            Event.AccountStatusChanged last = fleet.last(Event.AccountStatusChanged.class, account);
            assertThat(last.status()).isEqualTo(AccountStatus.NEEDS_QR);
            assertThat(last.requiresQr()).isTrue();
            assertThat(last.code()).isEqualTo(code);
            assertThat(last.reason()).isIn("logged_out", "forbidden", "device_mismatch", "bad_session");
        });
        await().during(Duration.ofSeconds(2)).atMost(TestFleet.PATIENCE).until(() -> fleet.connectsTotal() == 0);

        pairAgain(account("+40712345601"), (id, epoch, account) -> new Command.RegenerateQr(id, account, Instant.now(),
                epoch, false), "+40712345601");
        pairAgain(account("+40712345604"), (id, epoch, account) -> new Command.LinkAccount(id, account, Instant.now(),
                epoch, new PhoneNumber("+40712345604"), null), "+40712345604");
    }

    private interface Pairing {
        Command.AccountCommand order(io.wafleet.contract.CommandId id, Epoch epoch, AccountId account);
    }

    /** A new QR comes, and its scan leads to connected. */
    private void pairAgain(AccountId account, Pairing order, String phone) {
        int qrs = fleet.all(Event.QrIssued.class, account).size();
        assertThat(fleet.order(account, (id, epoch) -> order.order(id, epoch, account)).result())
                .isEqualTo(CommandResult.APPLIED);
        await().atMost(TestFleet.PATIENCE).until(() -> fleet.all(Event.QrIssued.class, account).size() > qrs);
        fleet.scan(phone, account);
        fleet.awaitStatus(account, AccountStatus.CONNECTED);
        assertThat(fleet.last(Event.AccountStatusChanged.class, account).requiresQr()).isFalse();
    }

    @Test
    void accountPairedAnewAfterALogoutIsRestoredLikeAnyOther() {
        AccountId account = fleet.connect(PHONE);
        fault("\"kind\":\"close\",\"code\":401");
        fleet.awaitStatus(account, AccountStatus.NEEDS_QR);
        pairAgain(account, (id, epoch, a) -> new Command.RegenerateQr(id, a, Instant.now(), epoch, false), PHONE);
        fleet.stopWorker("worker-a");
        fleet.startWorker("worker-b", IMPATIENT);
        awaitConnectedBy("worker-b", account);
        assertThat(fleet.last(Event.AccountStatusChanged.class, account).requiresQr()).isFalse();
    }

    @Test
    void quietAccountIsLeftConnectedForAsLongAsItsKeepAliveAnswers() {
        AccountId account = fleet.connect(PHONE);
        int told = fleet.statuses(account).size();
        await().during(Duration.ofSeconds(4)).atMost(TestFleet.PATIENCE).until(() -> fleet.connectsTotal() == 2);
        assertThat(fleet.statuses(account)).hasSize(told);
        assertThat(fleet.get("/api/ledger/summary")).contains("\"connectedNow\":1,", "\"doubleConnections\":0,");
    }

    @Test
    void connectionThatFreezesWithoutAWordIsNotCalledConnectedAndIsReplaced() {
        AccountId account = fleet.connect(PHONE);
        fault("\"kind\":\"deaf\"");
        await().atMost(TestFleet.PATIENCE).until(() -> fleet.statuses(account).stream()
                .anyMatch(s -> s.status() == AccountStatus.RECONNECTING && "keepalive_timeout".equals(s.reason())));
        fleet.awaitStatus(account, AccountStatus.CONNECTED);
        assertThat(fleet.connectsTotal()).isEqualTo(3);
    }

    @Test
    void phoneAddedEightTimesAtOnceAndAgainWhileConnectedHasOneConnection() {
        AccountId account = account(PHONE);
        addEightTimes(account);
        await().atMost(TestFleet.PATIENCE).until(() -> fleet.last(Event.QrIssued.class, account) != null);
        assertThat(fleet.connectsTotal()).isEqualTo(1);
        fleet.scan(PHONE, account);
        fleet.awaitStatus(account, AccountStatus.CONNECTED);
        addEightTimes(account);
        assertThat(fleet.connectsTotal()).isEqualTo(2);
        assertThat(fleet.get("/api/ledger/summary")).contains("\"connectedNow\":1,", "\"doubleConnections\":0,");
    }

    private void addEightTimes(AccountId account) {
        int answered = fleet.replies.size();
        for (int i = 0; i < 8; i++) {
            fleet.link(account, new PhoneNumber(PHONE));
        }
        await().atMost(TestFleet.PATIENCE).until(() -> fleet.replies.size() == answered + 8);
        assertThat(fleet.replies).extracting(r -> ((CommandReply) r).result()).containsOnly(CommandResult.APPLIED);
    }

    @Test
    void unknownCloseCodeIsReconnectedAndCounted() {
        AccountId account = fleet.connect(PHONE);
        fault("\"kind\":\"close\",\"code\":777");
        await().atMost(TestFleet.PATIENCE).until(() -> fleet.connectsTotal() == 3);
        fleet.awaitStatus(account, AccountStatus.CONNECTED);
        assertThat(fleet.metrics.counter("wafleet.worker.closes", "worker", "worker-a", "reason", "unknown_code")
                .count()).isEqualTo(1);
    }

    @Test
    void phoneWithAnotherNumberIsRefusedWithAReasonAndDoesNotTakeTheAccountOver() {
        AccountId account = account(PHONE);
        fleet.link(account, new PhoneNumber(PHONE));
        await().atMost(TestFleet.PATIENCE).until(() -> fleet.last(Event.QrIssued.class, account) != null);
        fleet.scan("+40799999999", account);
        fleet.awaitStatus(account, AccountStatus.NEEDS_QR);
        Event.AccountStatusChanged last = fleet.last(Event.AccountStatusChanged.class, account);
        assertThat(last.reason()).isEqualTo("phone_mismatch");
        assertThat(last.phone()).isEqualTo(new PhoneNumber(PHONE));
        assertThat(last.requiresQr()).isTrue();
        await().atMost(TestFleet.PATIENCE)
                .until(() -> !fleet.get("/api/phones/40799999999").contains("\"account\":"));
        pairAgain(account, (id, epoch, a) -> new Command.RegenerateQr(id, a, Instant.now(), epoch, false), PHONE);
    }

    @Test
    void disconnectedAndDeletedAccountsStaySoThroughTakeoverAndRestart() {
        AccountId off = fleet.connect("+40712345601");
        AccountId gone = fleet.connect("+40712345602");
        fleet.order(off, (id, epoch) -> new Command.DisconnectAccount(id, off, Instant.now(), epoch));
        fleet.order(gone, (id, epoch) -> new Command.DeleteAccount(id, gone, Instant.now(), epoch));
        await().atMost(TestFleet.PATIENCE)
                .until(() -> fleet.get("/api/ledger/summary").contains("\"connectedNow\":0,"));
        fleet.delete("/api/ledger");
        takeOver("worker-a", "worker-b");
        fleet.stopWorker("worker-b");
        fleet.startWorker("worker-c", IMPATIENT);
        List.of(off, gone).forEach(account -> awaitToldBy("worker-c", account));
        assertThat(fleet.last(Event.AccountStatusChanged.class, off).status()).isEqualTo(AccountStatus.DISCONNECTED);
        assertThat(fleet.last(Event.AccountStatusChanged.class, gone).status()).isEqualTo(AccountStatus.DELETED);
        assertThat(fleet.connectsTotal()).isZero();

        fleet.order(off, (id, epoch) -> new Command.ReconnectAccount(id, off, Instant.now(), epoch));
        fleet.awaitStatus(off, AccountStatus.CONNECTED);
        assertThat(fleet.connectsTotal()).isEqualTo(1);
    }

    private void takeOver(String from, String to) {
        fleet.startWorker(to, IMPATIENT);
        fleet.stopWorker(from);
        List<Integer> held = new ArrayList<>();
        await().atMost(TestFleet.PATIENCE).until(() -> {
            held.clear();
            fleet.claims().stream().filter(c -> c.worker().value().equals(to)).forEach(c -> held.add(c.partition()));
            return held.stream().distinct().count() == 4;
        });
    }

    private void awaitConnectedBy(String worker, AccountId account) {
        awaitToldBy(worker, account);
        fleet.awaitStatus(account, AccountStatus.CONNECTED);
    }

    private void awaitToldBy(String worker, AccountId account) {
        await().atMost(TestFleet.PATIENCE).until(() -> fleet.last(Event.AccountStatusChanged.class, account).worker()
                .value().equals(worker));
    }

    private void fault(String fields) {
        fleet.post("/api/faults", "{" + fields + "}");
    }

    private static AccountId account(String phone) {
        return new AccountIds("prod").of(new PhoneNumber(phone));
    }
}
