package io.wafleet.worker;

import io.micrometer.core.instrument.Counter;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Command;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Event;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.conversations.BackupStamp;
import io.wafleet.conversations.ConversationStore;
import io.wafleet.conversations.CredentialBackup;
import io.wafleet.conversations.sqlite.SqliteConversationStore;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import io.wafleet.settings.KafkaSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Credentials are backed up, cleared, and restored for accounts that a lost journal knew. */
@ExtendWith(BrokerExtension.class)
final class CredentialBackupIT {
    private static final String PHONE = "+40712345678";
    private static final PhoneNumber FRIEND = new PhoneNumber("+40722000111");

    @TempDir
    Path folder;
    private KafkaSettings kafka;
    private TestFleet fleet;
    private Path file;

    @BeforeEach
    void startsFleet(TestBroker broker) throws IOException {
        kafka = broker.freshSettings(4);
        fleet = new TestFleet(kafka);
        Files.createDirectory(folder.resolve("store"));
        unblockStore();
        file = folder.resolve("current/conversations.db");
    }

    @AfterEach
    void stopsFleet() {
        fleet.close();
    }

    private void start(String worker, String... more) {
        Map<String, String> options = new HashMap<>(Map.of("store.sqlite.file", file.toString(), "backup.interval",
                "100ms"));
        for (int i = 0; i < more.length; i += 2) {
            options.put(more[i], more[i + 1]);
        }
        fleet.startWorker(worker, options);
    }

    private CredentialBackup backup(AccountId account) {
        try (ConversationStore store = SqliteConversationStore.open(file)) {
            return store.backup(account);
        }
    }

    private void awaitBackup(AccountId account) {
        await().atMost(TestFleet.PATIENCE).until(() -> backup(account) instanceof CredentialBackup.Kept);
    }

    private void awaitCleared(AccountId account) {
        await().atMost(TestFleet.PATIENCE).until(() -> backup(account) instanceof CredentialBackup.Cleared);
    }

    private void awaitConnected(AccountId account, String worker) {
        await().atMost(TestFleet.PATIENCE).until(() -> {
            Event.AccountStatusChanged last = fleet.last(Event.AccountStatusChanged.class, account);
            return last.status() == AccountStatus.CONNECTED && last.worker().value().equals(worker);
        });
    }

    private void awaitClaimsBy(String worker) {
        await().atMost(TestFleet.PATIENCE).until(
                () -> fleet.claims().stream().filter(c -> c.worker().value().equals(worker))
                        .map(Event.PartitionClaimed::partition).distinct().count() == 4);
    }

    /** The phone throws its linked device out. */
    private void logOut(String phone) {
        fleet.delete("/api/phones/" + phone.substring(1) + "/devices");
    }

    private void blockStore() throws IOException {
        point("nowhere");
    }

    private void unblockStore() throws IOException {
        point("store");
    }

    /** At once: a worker that tries at that moment finds one or the other. */
    private void point(String target) throws IOException {
        Path next = Files.createSymbolicLink(folder.resolve("next"), Path.of(target));
        Files.move(next, folder.resolve("current"), StandardCopyOption.ATOMIC_MOVE);
    }

    private double counted(String name) {
        return fleet.metrics.find("wafleet.worker.backup." + name).counters().stream()
                .mapToDouble(Counter::count).sum();
    }

    private void assertSends(AccountId account, String message) {
        fleet.dispatch(account, new MessageId(message), FRIEND, fleet.epoch(account));
        await().atMost(TestFleet.PATIENCE).until(() -> fleet.all(Event.DispatchOutcome.class, account).stream()
                .anyMatch(o -> o.message().value().equals(message) && o.outcome() == Event.Outcome.SENT));
    }

    @Test
    void afterTheJournalIsLostAccountsComeBackWithoutAQrUnderGreaterEpochs() {
        start("worker-a");
        List<AccountId> accounts = IntStream.range(0, 6).mapToObj(i -> fleet.connect("+4071234560" + i)).toList();
        accounts.forEach(account -> assertSends(account, "3EB0BEFORE" + account.value().substring(20)));
        Map<AccountId, Epoch> before = new HashMap<>();
        accounts.forEach(account -> before.put(account, fleet.epoch(account)));
        fleet.stopWorker("worker-a");
        LostJournal.of(kafka);

        start("worker-b");
        accounts.forEach(account -> awaitConnected(account, "worker-b"));
        assertThat(accounts).allSatisfy(account -> {
            assertThat(fleet.epoch(account)).isGreaterThan(before.get(account));
            assertThat(fleet.all(Event.QrIssued.class, account)).hasSize(1);
            assertThat(fleet.last(Event.AccountStatusChanged.class, account).requiresQr()).isFalse();
        });
        accounts.forEach(account -> assertSends(account, "3EB0AFTER" + account.value().substring(20)));
        fleet.stopWorker("worker-b");

        start("worker-c", "backup.enabled", "false");
        accounts.forEach(account -> awaitConnected(account, "worker-c"));
        assertThat(fleet.get("/api/ledger/summary")).contains("\"doubleConnections\":0");
    }

    @Test
    void aJournalThatIsLostUnderItsOwnerIsWholeAgainBeforeAnythingIsWrittenToIt() {
        start("worker-a");
        List<AccountId> accounts = IntStream.range(0, 4).mapToObj(i -> fleet.connect("+4071234561" + i)).toList();
        accounts.forEach(account -> assertSends(account, "3EB0BEFORE" + account.value().substring(20)));
        await().atMost(TestFleet.PATIENCE).until(
                () -> fleet.metrics.get("wafleet.worker.backup.waiting").gauge().value() == 0);
        Map<AccountId, Epoch> before = new HashMap<>();
        accounts.forEach(account -> before.put(account, fleet.epoch(account)));
        LostJournal.of(kafka);

        accounts.forEach(account -> fleet.dispatch(account,
                new MessageId("3EB0LOST" + account.value().substring(20)), FRIEND, before.get(account)));
        accounts.forEach(account -> await().atMost(TestFleet.PATIENCE).until(() -> {
            Event.AccountStatusChanged last = fleet.last(Event.AccountStatusChanged.class, account);
            return last.status() == AccountStatus.CONNECTED && before.get(account).isOlderThan(last.epoch());
        }));
        accounts.forEach(account -> assertSends(account, "3EB0AFTER" + account.value().substring(20)));
        fleet.stopWorker("worker-a");

        start("worker-b", "backup.enabled", "false");
        accounts.forEach(account -> awaitConnected(account, "worker-b"));
        assertThat(accounts).allSatisfy(
                account -> assertThat(fleet.all(Event.QrIssued.class, account)).hasSize(1));
    }

    @Test
    void theBackupFollowsTheCredentialsAndHoldsNothingInTheClear() {
        start("worker-a");
        AccountId account = fleet.connect(PHONE);
        awaitBackup(account);
        BackupStamp first = ((CredentialBackup.Kept) backup(account)).stamp();
        assertThat(first.epoch()).isEqualTo(fleet.epoch(account));
        assertSends(account, "3EB0A1");
        await().atMost(TestFleet.PATIENCE)
                .until(() -> ((CredentialBackup.Kept) backup(account)).stamp().compareTo(first) > 0);
        String bytes = new String(((CredentialBackup.Kept) backup(account)).sealed(), StandardCharsets.ISO_8859_1);
        assertThat(bytes).doesNotContain("712345678").doesNotContain("account");
        assertThat(counted("written")).isGreaterThanOrEqualTo(2);
        assertThat(counted("failed")).isZero();
    }

    @Test
    void anAccountThatWasLoggedOutStaysSoAfterTheJournalIsLost() {
        start("worker-a");
        AccountId out = fleet.connect("+40712345670");
        AccountId deleted = fleet.connect("+40712345671");
        awaitBackup(out);
        awaitBackup(deleted);
        logOut("+40712345670");
        fleet.awaitStatus(out, AccountStatus.NEEDS_QR);
        fleet.order(deleted, (id, epoch) -> new Command.DeleteAccount(id, deleted, Instant.now(), epoch));
        awaitCleared(out);
        awaitCleared(deleted);
        fleet.stopWorker("worker-a");
        LostJournal.of(kafka);
        long connects = fleet.connectsTotal();

        start("worker-b");
        awaitClaimsBy("worker-b");
        AccountId other = fleet.connect("+40712345672");
        awaitBackup(other);
        assertThat(fleet.connectsTotal() - connects).as("the other's own").isLessThanOrEqualTo(2);
        assertThat(fleet.statuses(out)).noneMatch(s -> s.worker().value().equals("worker-b"));
        assertThat(fleet.statuses(deleted)).noneMatch(s -> s.worker().value().equals("worker-b"));
    }

    @Test
    void aBackupThatIsOlderThanTheJournalChangesNothing() {
        start("worker-a");
        AccountId account = fleet.connect(PHONE);
        awaitBackup(account);
        fleet.stopWorker("worker-a");
        CredentialBackup.Kept old = (CredentialBackup.Kept) backup(account);
        start("worker-b", "backup.enabled", "false");
        awaitConnected(account, "worker-b");
        logOut(PHONE);
        fleet.awaitStatus(account, AccountStatus.NEEDS_QR);
        fleet.stopWorker("worker-b");
        assertThat(backup(account)).isInstanceOfSatisfying(CredentialBackup.Kept.class,
                kept -> assertThat(kept.stamp()).isEqualTo(old.stamp()));
        long connects = fleet.connectsTotal();

        start("worker-c");
        awaitCleared(account);
        awaitClaimsBy("worker-c");
        assertThat(fleet.last(Event.AccountStatusChanged.class, account).status()).isEqualTo(AccountStatus.NEEDS_QR);
        assertThat(fleet.connectsTotal()).isEqualTo(connects);
        assertThat(counted("restored")).isZero();
    }

    @Test
    void aStoreThatIsDownDelaysNoTakeoverAndTheAccountsComeBackWhenItIsThere() throws IOException {
        start("worker-a");
        AccountId account = fleet.connect(PHONE);
        awaitBackup(account);
        fleet.stopWorker("worker-a");
        blockStore();

        start("worker-b");
        awaitConnected(account, "worker-b");
        fleet.stopWorker("worker-b");
        LostJournal.of(kafka);
        start("worker-c");
        awaitClaimsBy("worker-c");
        AccountId fresh = fleet.connect("+40712345679");
        assertSends(fresh, "3EB0F1");

        unblockStore();
        awaitConnected(account, "worker-c");
        assertThat(fleet.all(Event.QrIssued.class, account)).hasSize(1);
        awaitBackup(fresh);
        assertThat(counted("failed")).isPositive();
    }

    @Test
    void aLogoutThatTheStoreDidNotHearOfIsToldByTheNextOwner() throws IOException {
        start("worker-a");
        AccountId account = fleet.connect(PHONE);
        awaitBackup(account);
        fleet.stopWorker("worker-a");
        blockStore();
        start("worker-b");
        awaitConnected(account, "worker-b");
        logOut(PHONE);
        fleet.awaitStatus(account, AccountStatus.NEEDS_QR);
        fleet.stopWorker("worker-b");
        unblockStore();
        assertThat(backup(account)).isInstanceOf(CredentialBackup.Kept.class);

        start("worker-c");
        awaitCleared(account);
    }

    @Test
    void aClaimMadeWithoutTheStoreIsMadeAnewAboveTheBackups() throws IOException {
        start("worker-a");
        AccountId account = fleet.connect(PHONE);
        awaitBackup(account);
        fleet.stopWorker("worker-a");
        Epoch future = new Epoch(fleet.epoch(account).value() + 100_000);
        try (ConversationStore store = SqliteConversationStore.open(file)) {
            CredentialBackup.Kept kept = (CredentialBackup.Kept) store.backup(account);
            store.put(account, new BackupStamp(future, 1), kept.sealed());
        }
        LostJournal.of(kafka);
        blockStore();
        start("worker-b");
        awaitClaimsBy("worker-b");
        unblockStore();
        await().atMost(TestFleet.PATIENCE).until(() -> fleet.epoch(account).compareTo(future) > 0);
        awaitConnected(account, "worker-b");
        await().atMost(TestFleet.PATIENCE).until(
                () -> ((CredentialBackup.Kept) backup(account)).stamp().epoch().equals(fleet.epoch(account)));
    }

    @Test
    void anEmptyJournalIsClaimedAboveTheBackupsAtOnce() {
        start("worker-a");
        AccountId account = fleet.connect(PHONE);
        awaitBackup(account);
        fleet.stopWorker("worker-a");
        Epoch future = new Epoch(fleet.epoch(account).value() + 100_000);
        try (ConversationStore store = SqliteConversationStore.open(file)) {
            CredentialBackup.Kept kept = (CredentialBackup.Kept) store.backup(account);
            store.put(account, new BackupStamp(future, 1), kept.sealed());
        }
        LostJournal.of(kafka);
        start("worker-b");
        awaitConnected(account, "worker-b");
        assertThat(fleet.claims()).filteredOn(c -> c.worker().value().equals("worker-b")
                && c.partition() == fleet.partition(account)).singleElement()
                .satisfies(c -> assertThat(c.epoch()).isEqualTo(new Epoch(future.value() + 1)));
    }
}
