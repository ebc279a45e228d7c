package io.wafleet.worker;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Event;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.Topic;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import io.wafleet.kafka.DeadLetters;
import io.wafleet.worker.sealing.CredentialCipher;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a takeover makes of a journal that is damaged. */
@ExtendWith(BrokerExtension.class)
final class UnreadableJournalIT {
    private static final PhoneNumber FRIEND = new PhoneNumber("+40722000111");
    private static final byte[] GARBAGE = "{garbage".getBytes(StandardCharsets.UTF_8);

    private TestFleet fleet;

    @BeforeEach
    void startsFleet(TestBroker broker) {
        fleet = new TestFleet(broker.freshSettings(1));
    }

    @AfterEach
    void stopsFleet() {
        fleet.close();
    }

    @Test
    void badRecordsGoToTheDeadLettersTheirAccountsSaySoAndTheOthersGoOn() {
        fleet.startWorker("worker-a", Map.of());
        AccountId whole = fleet.connect("+40712345670");
        AccountId broken = fleet.connect("+40712345671");
        AccountId robbed = fleet.connect("+40712345672");
        AccountId gone = new AccountId("account_prod_0123456789abcdef0123456789abcdef");
        fleet.stopWorker("worker-a");
        journal("account/" + broken.value());
        journal("account/" + gone.value());
        journal("credential/" + robbed.value() + "/noise-key");
        journal("no such key");

        fleet.startWorker("worker-b", Map.of());
        awaitReason(broken, "journal_unreadable");
        awaitReason(robbed, "credentials_unreadable");
        await().atMost(TestFleet.PATIENCE).until(() -> fleet.last(Event.AccountUnreadable.class, gone) != null);
        awaitConnected(whole, "worker-b");
        fleet.dispatch(whole, new MessageId("3EB0WHOLE"), FRIEND, fleet.epoch(whole));
        await().atMost(TestFleet.PATIENCE).until(() -> fleet.last(Event.DispatchOutcome.class, whole) != null
                && fleet.deadLetters.size() >= 4);
        assertThat(fleet.deadLetters).hasSize(4).allSatisfy(letter -> {
            assertThat(DeadLetters.header(letter.headers(), DeadLetters.HEADER_TOPIC)).endsWith("journal");
            assertThat(letter.value()).isEqualTo(GARBAGE);
        });

        fleet.stopWorker("worker-b");
        fleet.startWorker("worker-c", Map.of());
        awaitConnected(whole, "worker-c");
        await().atMost(TestFleet.PATIENCE).until(() -> fleet.deadLetters.size() >= 5);
        assertThat(fleet.last(Event.AccountStatusChanged.class, broken).reason()).isEqualTo("journal_unreadable");
        assertThat(fleet.deadLetters).as("only what is kept is told again").hasSize(5);
    }

    @Test
    void credentialsSealedWithOtherKeysAreKeptUntilTheRightKeysComeBack() {
        fleet.startWorker("worker-a", Map.of());
        AccountId account = fleet.connect("+40712345670");
        fleet.stopWorker("worker-a");

        fleet.startWorker("worker-b", Map.of("credential.keys", CredentialCipher.newKeySet()));
        awaitReason(account, "credentials_unreadable");
        fleet.stopWorker("worker-b");

        fleet.startWorker("worker-c", Map.of());
        awaitConnected(account, "worker-c");
        assertThat(fleet.all(Event.QrIssued.class, account)).hasSize(1);
    }

    private void journal(String key) {
        fleet.raw(Topic.JOURNAL, 0, key, GARBAGE);
    }

    private void awaitReason(AccountId account, String reason) {
        await().atMost(TestFleet.PATIENCE).untilAsserted(() -> {
            Event.AccountStatusChanged last = fleet.last(Event.AccountStatusChanged.class, account);
            assertThat(List.of(last.status(), String.valueOf(last.reason()))).containsExactly(
                    AccountStatus.DISCONNECTED, reason);
        });
    }

    private void awaitConnected(AccountId account, String worker) {
        await().atMost(TestFleet.PATIENCE).until(() -> {
            Event.AccountStatusChanged last = fleet.last(Event.AccountStatusChanged.class, account);
            return last.status() == AccountStatus.CONNECTED && last.worker().value().equals(worker);
        });
    }
}
