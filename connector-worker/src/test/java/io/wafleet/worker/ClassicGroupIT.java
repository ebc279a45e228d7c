package io.wafleet.worker;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Event;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Brokers that do not offer KIP-848: the same promises under the classic group protocol. */
@ExtendWith(BrokerExtension.class)
final class ClassicGroupIT {
    private static final Map<String, String> CLASSIC = Map.of("group.protocol", "classic", "timing.profile", "steady");
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
    void aJoiningWorkerDisturbsOnlyWhatMovesAndALeavingOneHandsAllOver() {
        fleet.startWorker("worker-a", CLASSIC);
        List<AccountId> accounts = IntStream.range(0, 8).mapToObj(i -> fleet.connect("+4071234563" + i)).toList();
        int known = fleet.events.size();

        fleet.startWorker("worker-b", CLASSIC);
        fleet.awaitOwned("worker-b", 2);
        Set<Integer> moved = fleet.ownedBy("worker-b");
        List<AccountId> stayed = accounts.stream().filter(a -> !moved.contains(fleet.partition(a))).toList();
        accounts.forEach(this::sends);
        assertThat(stayed).as("accounts that stay").isNotEmpty().allSatisfy(a -> assertThat(
                fleet.events.stream().skip(known))
                .noneMatch(e -> e instanceof Event.AccountStatusChanged s && s.account().equals(a)));

        fleet.stopWorker("worker-a");
        fleet.awaitOwned("worker-b", 4);
        accounts.forEach(this::sends);
        assertThat(fleet.get("/api/ledger/summary")).contains("\"doubleConnections\":0").contains("\"olderActed\":0");
    }

    private void sends(AccountId account) {
        await().atMost(TestFleet.PATIENCE).until(() -> {
            Event.AccountStatusChanged last = fleet.last(Event.AccountStatusChanged.class, account);
            return last.status() == AccountStatus.CONNECTED && last.epoch().equals(fleet.epoch(account));
        });
        MessageId message = new MessageId("3EB0" + fleet.events.size() + account.value().substring(20, 26));
        fleet.dispatch(account, message, FRIEND, fleet.epoch(account));
        await().atMost(TestFleet.PATIENCE).until(() -> fleet.all(Event.DispatchOutcome.class, account).stream()
                .anyMatch(o -> o.message().equals(message) && o.outcome() == Event.Outcome.SENT));
    }
}
