package io.wafleet.worker;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Event;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.TransactionalId;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.settings.KafkaSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A worker that is taken for dead while it lives: its producer is fenced, its partitions are still its own. */
@ExtendWith(BrokerExtension.class)
final class FencedProducerIT {
    private static final PhoneNumber FRIEND = new PhoneNumber("+40722000111");

    private TestFleet fleet;
    private KafkaSettings settings;

    @BeforeEach
    void startsFleet(TestBroker broker) {
        settings = broker.freshSettings(1);
        fleet = new TestFleet(settings);
    }

    @AfterEach
    void stopsFleet() {
        fleet.close();
    }

    @Test
    void connectionsStayOpenAndThePartitionIsClaimedUnderANewProducer() throws Exception {
        fleet.startWorker("worker-a", Map.of("timing.profile", "steady"));
        List<AccountId> accounts = IntStream.range(0, 5).mapToObj(i -> fleet.connect("+4071234561" + i)).toList();
        AccountId busy = accounts.getFirst();
        Event.PartitionClaimed first = fleet.claims().getLast();
        long connects = fleet.connectsTotal();

        fence(first.transactionalId());
        fleet.dispatch(busy, new MessageId("3EB0LOST"), FRIEND, first.epoch());

        await().atMost(TestFleet.PATIENCE).until(() -> fleet.claims().size() > 1);
        Event.PartitionClaimed second = fleet.claims().getLast();
        assertThat(second.worker()).isEqualTo(first.worker());
        assertThat(second.epoch()).isGreaterThan(first.epoch());
        assertThat(second.transactionalId()).isNotEqualTo(first.transactionalId());
        accounts.forEach(account -> awaitConnectedUnder(account, second.epoch()));
        assertThat(fleet.connectsTotal() - connects).as("only the account with something undone connects anew")
                .isEqualTo(1);

        accounts.forEach(a -> fleet.dispatch(a, new MessageId("3EB0" + accounts.indexOf(a)), FRIEND, second.epoch()));
        accounts.forEach(a -> await().atMost(TestFleet.PATIENCE).until(() -> {
            Event.DispatchOutcome last = fleet.last(Event.DispatchOutcome.class, a);
            return last != null && last.outcome() == Event.Outcome.SENT && last.epoch().equals(second.epoch());
        }));
        assertThat(fleet.get("/api/ledger/messages?phone=40712345610")).doesNotContain("3EB0LOST");
        assertThat(fleet.get("/api/ledger/summary")).contains("\"doubleConnections\":0");
    }

    private void fence(TransactionalId producer) throws ExecutionException, InterruptedException {
        try (Admin admin = new KafkaClients(settings).admin("test-fence")) {
            admin.fenceProducers(List.of(producer.value())).all().get();
        }
    }

    private void awaitConnectedUnder(AccountId account, Epoch epoch) {
        await().atMost(TestFleet.PATIENCE).until(() -> {
            Event.AccountStatusChanged last = fleet.last(Event.AccountStatusChanged.class, account);
            return last.status() == AccountStatus.CONNECTED && last.epoch().equals(epoch);
        });
    }
}
