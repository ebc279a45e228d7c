package io.wafleet.worker;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Event;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.OwnBroker;
import io.wafleet.embedded.TestBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The broker is away for three seconds. */
@Execution(ExecutionMode.SAME_THREAD)
@OwnBroker
@ExtendWith(BrokerExtension.class)
final class BrokerRestartIT {
    private static final Duration AWAY = Duration.ofSeconds(3);
    private static final PhoneNumber FRIEND = new PhoneNumber("+40722000111");

    private TestBroker broker;
    private TestFleet fleet;

    @BeforeEach
    void startsFleet(TestBroker given) {
        broker = given;
        fleet = new TestFleet(broker.freshSettings(4));
    }

    @AfterEach
    void stopsFleet() {
        fleet.close();
    }

    @Test
    void underTheSteadyProfileNoConnectionIsClosed() {
        startWorkers(Map.of("timing.profile", "steady"));
        List<AccountId> accounts = connect();
        long connects = fleet.connectsTotal();

        restart();

        accounts.forEach(this::sends);
        assertThat(fleet.connectsTotal()).as("connections opened").isEqualTo(connects);
        assertThat(fleet.get("/api/ledger/summary")).contains("\"olderActed\":0");
    }

    @Test
    void underTheFastProfileAllComeBackByThemselves() {
        startWorkers(Map.of("timing.profile", "fast", "session.timeout", "2s"));
        List<AccountId> accounts = connect();

        restart();

        accounts.forEach(this::sends);
        assertThat(fleet.get("/api/ledger/summary")).contains("\"olderActed\":0");
    }

    /** Each with its share, so that nobody is linked while a partition moves. */
    private void startWorkers(Map<String, String> timings) {
        fleet.startWorker("worker-a", timings);
        fleet.startWorker("worker-b", timings);
        fleet.awaitOwned("worker-a", 2);
        fleet.awaitOwned("worker-b", 2);
    }

    private List<AccountId> connect() {
        return IntStream.range(0, 8).mapToObj(i -> fleet.connect("+4071234562" + i)).toList();
    }

    private void restart() {
        broker.stop();
        await().pollDelay(AWAY).until(() -> true);
        broker.start();
    }

    /** Dispatches anew whenever the partition is claimed anew, as the outbox does. */
    private void sends(AccountId account) {
        MessageId message = new MessageId("3EB0" + Math.abs(account.hashCode()));
        await().atMost(TestFleet.PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
            Event.AccountStatusChanged last = fleet.last(Event.AccountStatusChanged.class, account);
            if (last.status() == AccountStatus.CONNECTED && last.epoch().equals(fleet.epoch(account))) {
                fleet.dispatch(account, message, FRIEND, fleet.epoch(account));
            }
            return fleet.all(Event.DispatchOutcome.class, account).stream()
                    .anyMatch(o -> o.outcome() == Event.Outcome.SENT);
        });
    }
}
