package io.wafleet.acceptance;

import io.wafleet.cli.Main;
import io.wafleet.cli.fleet.Distribution;
import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.fleet.LinkedAccounts;
import io.wafleet.cli.fleet.ProcessFleet;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Chat;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.Topic;
import io.wafleet.conversations.ConversationStore;
import io.wafleet.conversations.CredentialBackup;
import io.wafleet.conversations.PageRequest;
import io.wafleet.conversations.StoredMessage;
import io.wafleet.conversations.ThreadId;
import io.wafleet.conversations.sqlite.SqliteConversationStore;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.kafka.Topics;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All workers are killed twice, beside an outbox, a projector and a gateway that go on: first the backups are made older than the
 * journal, then the journal's topic is deleted. What counts is what comes out at the end: in the store that people read, and at the
 * simulated WhatsApp, which shows no message whose ratchet was turned back.
 */
final class JournalLostIT {
    private static final int ACCOUNTS = 8;
    private static final int PARTITIONS = 4;
    private static final int QUIET_LOOKS = 5;
    private static final String FRIEND = "40722000111";
    private static final Chat CHAT = Chat.of(new PhoneNumber("+" + FRIEND));
    private static final Pattern HEALTH = Pattern.compile("health\\s+(http://\\S+)/readyz");
    private static final Pattern WAITING = Pattern.compile("wafleet_worker_backup_waiting\\{.*\\} (\\S+)");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;
    private final Http http = new Http();

    @AfterEach
    void closesHttp() {
        http.close();
    }

    @Test
    void theJournalCountsWhileItIsThereAndTheBackupsOnceItIsLost() throws Exception {
        try (ProcessFleet fleet = new ProcessFleet(Distribution.of(Main.class), directory, PARTITIONS,
                Map.of("WAFLEET_TIMING_PROFILE", "fast", "WAFLEET_SESSION_TIMEOUT", "4s", "WAFLEET_BACKUP_INTERVAL",
                        "500ms"))) {
            fleet.startAll(http, 2);
            fleet.startProjector("projector");
            LinkedAccounts accounts = LinkedAccounts.link(fleet, http, ACCOUNTS);
            awaitBackedUp(fleet, "worker-1", "worker-2");
            try (ConversationStore store = SqliteConversationStore.open(fleet.storeFile())) {
                fleet.await("every account is kept and backed up", () -> accounts.all().stream()
                        .allMatch(a -> is(store, a.id(), AccountStatus.CONNECTED)
                                && store.backup(a.id()) instanceof CredentialBackup.Kept));
                olderBackupsChangeNothing(fleet, store, accounts);
                withoutAJournalTheBackupsAreRestored(fleet, store, accounts);
            }
            assertThat(http.get(fleet.simulator("/api/ledger/summary")).ok().path("doubleConnections").asLong())
                    .isZero();
        }
    }

    private void olderBackupsChangeNothing(ProcessFleet fleet, ConversationStore store, LinkedAccounts accounts)
            throws Exception {
        Map<AccountId, CredentialBackup.Kept> old = accounts.all().stream().map(LinkedAccounts.Account::id)
                .collect(Collectors.toMap(id -> id, id -> (CredentialBackup.Kept) store.backup(id)));
        LinkedAccounts.Account loggedOut = accounts.all().getLast();
        http.delete(fleet.simulator("/api/phones/" + loggedOut.phone() + "/devices")).ok();
        awaitCleared(fleet, store, loggedOut.id());
        sayAndHear(fleet, store, accounts, 1);
        Map<AccountId, AccountStatusRecord> before = statuses(store);
        fleet.process("worker-1").kill();
        fleet.process("worker-2").kill();
        putBack(fleet, store, old);

        startWorkers(fleet, "worker-3", "worker-4");
        awaitReconnected(fleet, store, accounts, before);
        awaitCleared(fleet, store, loggedOut.id());
        sayAndHear(fleet, store, accounts, 2);
        awaitBackedUp(fleet, "worker-3", "worker-4");
    }

    private void withoutAJournalTheBackupsAreRestored(ProcessFleet fleet, ConversationStore store,
            LinkedAccounts accounts) throws Exception {
        Map<AccountId, AccountStatusRecord> before = statuses(store);
        long pairings = pairings(fleet);
        fleet.process("worker-3").kill();
        fleet.process("worker-4").kill();
        loseJournal(fleet);

        startWorkers(fleet, "worker-5", "worker-6");
        awaitReconnected(fleet, store, accounts, before);
        sayAndHear(fleet, store, accounts, 3);
        assertThat(pairings(fleet)).as("QRs shown").isEqualTo(pairings);
        AccountId loggedOut = accounts.all().getLast().id();
        assertThat(statuses(store).get(loggedOut).status()).isEqualTo(AccountStatus.NEEDS_QR);
        assertThat(store.backup(loggedOut)).isInstanceOf(CredentialBackup.Cleared.class);
    }

    private void startWorkers(ProcessFleet fleet, String... names) {
        Stream.of(names).forEach(fleet::startWorker);
        fleet.awaitOwned(http, List.of(names));
    }

    private static List<LinkedAccounts.Account> living(LinkedAccounts accounts) {
        return accounts.all().subList(0, ACCOUNTS - 1);
    }

    /** As people see them who read the store. */
    private static Map<AccountId, AccountStatusRecord> statuses(ConversationStore store) {
        return store.accounts().stream().collect(Collectors.toMap(AccountStatusRecord::account, status -> status));
    }

    private static void awaitReconnected(ProcessFleet fleet, ConversationStore store, LinkedAccounts accounts,
            Map<AccountId, AccountStatusRecord> before) {
        fleet.await("all accounts are told as connected under greater epochs", () -> {
            Map<AccountId, AccountStatusRecord> now = statuses(store);
            return living(accounts).stream().allMatch(a -> is(store, a.id(), AccountStatus.CONNECTED)
                    && before.get(a.id()).epoch().isOlderThan(now.get(a.id()).epoch()));
        });
    }

    private static void awaitCleared(ProcessFleet fleet, ConversationStore store, AccountId account) {
        fleet.await("a logged-out account needs a QR and has no backup",
                () -> is(store, account, AccountStatus.NEEDS_QR)
                        && store.backup(account) instanceof CredentialBackup.Cleared);
    }

    private static boolean is(ConversationStore store, AccountId account, AccountStatus status) {
        AccountStatusRecord told = statuses(store).get(account);
        return told != null && told.status() == status;
    }

    /** Each account sends a message and gets one: told in the store with its receipt, shown to the friend, acknowledged. */
    private void sayAndHear(ProcessFleet fleet, ConversationStore store, LinkedAccounts accounts, int round) {
        Map<LinkedAccounts.Account, MessageId> sent = new HashMap<>();
        living(accounts).forEach(account -> {
            sent.put(account, send(fleet, account));
            http.post(fleet.simulator("/api/phones/" + FRIEND + "/messages"),
                    "{\"to\":\"%s\",\"text\":\"Hello %d\"}".formatted(account.phone(), round)).ok();
        });
        fleet.await("what is sent is told as delivered, and what is received is kept",
                () -> sent.entrySet().stream().allMatch(e -> isDelivered(store, e.getKey(), e.getValue())
                        && texts(store, e.getKey()).contains("Hello " + round)));
        assertThat(living(accounts)).as("ratchets that were not turned back")
                .allSatisfy(account -> assertThat(accounts.shown(account.phone(), FRIEND)).hasSize(round));
        fleet.await("every message is acknowledged", () -> http.get(fleet.simulator("/api/ledger/summary")).ok()
                .path("inboundWaiting").asLong() == 0);
    }

    private MessageId send(ProcessFleet fleet, LinkedAccounts.Account account) {
        List<MessageId> id = new ArrayList<>();
        fleet.await("account " + account.id() + " sends", () -> {
            Http.Answer answer = http.post(fleet.gateway("/api/whatsapp/send-message"),
                    "{\"accountId\":\"%s\",\"to\":\"+%s\",\"message\":\"Hi\"}".formatted(account.id().value(), FRIEND));
            if (answer.status() == 200) {
                id.add(new MessageId(answer.json().path("messageId").asString()));
            }
            return answer.status() == 200;
        });
        return id.getLast();
    }

    private static boolean isDelivered(ConversationStore store, LinkedAccounts.Account account, MessageId id) {
        return store.message(new ThreadId(account.id(), CHAT), id).map(StoredMessage::delivery)
                .filter(d -> d.status() == MessageStatus.DELIVERED || d.status() == MessageStatus.READ).isPresent();
    }

    private static List<String> texts(ConversationStore store, LinkedAccounts.Account account) {
        return store.messages(new ThreadId(account.id(), CHAT), PageRequest.first(100)).items().stream()
                .map(StoredMessage::text).toList();
    }

    /** QRs that stand to be scanned. */
    private long pairings(ProcessFleet fleet) {
        return http.get(fleet.simulator("/api/pairings")).ok().path("total").asLong();
    }

    /** A change is told to the backups only after its commit: one look could come in between. */
    private void awaitBackedUp(ProcessFleet fleet, String... workers) {
        AtomicInteger quietLooks = new AtomicInteger();
        fleet.await("no change waits to be backed up", () -> {
            boolean isQuiet = Stream.of(workers).allMatch(worker -> waiting(fleet, worker) == 0);
            quietLooks.set(isQuiet ? quietLooks.get() + 1 : 0);
            return quietLooks.get() >= QUIET_LOOKS;
        });
    }

    private double waiting(ProcessFleet fleet, String worker) {
        Matcher health = HEALTH.matcher(fleet.process(worker).output());
        Matcher waiting = WAITING.matcher(health.find() ? http.get(health.group(1) + "/metrics").body() : "");
        return waiting.find() ? Double.parseDouble(waiting.group(1)) : Double.NaN;
    }

    /** What is put into the store again is refused while anything newer is there: so that goes first. */
    private static void putBack(ProcessFleet fleet, ConversationStore store,
            Map<AccountId, CredentialBackup.Kept> old) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + fleet.storeFile());
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 20000");
            statement.execute("DELETE FROM backup");
            statement.execute("DELETE FROM backup_chunk");
        }
        old.forEach((account, kept) -> store.put(account, kept.stamp(), kept.sealed()));
    }

    private static boolean isGone(Admin admin, String topic) {
        try {
            var _ = admin.describeTopics(List.of(topic)).allTopicNames().get();
            return false;
        } catch (ExecutionException e) {
            return e.getCause() instanceof UnknownTopicOrPartitionException;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void loseJournal(ProcessFleet fleet) throws Exception {
        try (Admin admin = new KafkaClients(fleet.kafka()).admin("loses-the-journal")) {
            String journal = Topic.JOURNAL.name(fleet.kafka().topicPrefix());
            admin.deleteTopics(List.of(journal)).all().get();
            fleet.await("the journal is gone", () -> isGone(admin, journal));
            fleet.await("the journal is gone and there anew",
                    () -> new Topics(admin, fleet.kafka()).create(1).created().contains(journal));
        }
    }
}
