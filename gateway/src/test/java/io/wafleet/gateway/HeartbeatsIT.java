package io.wafleet.gateway;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Topic;
import io.wafleet.contract.WorkerHeartbeat;
import io.wafleet.contract.WorkerId;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import io.wafleet.gateway.GatewayUnderTest.Got;
import io.wafleet.settings.KafkaSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** What a gateway makes of heartbeats: those of the dead, those that say nothing new, and those of wrong clocks. */
@ExtendWith(BrokerExtension.class)
final class HeartbeatsIT {
    private static final int PARTITIONS = 2;
    private static final AccountId SHOP = new AccountId("account_prod_shop");
    private static final String MESSAGE = "{\"accountId\":\"" + SHOP + "\",\"to\":\"0722000111\",\"message\":\"x\"}";
    private static final Duration LEASE = Duration.ofMillis(1000);
    private static final Duration TICK = Duration.ofMillis(25);
    private static final Duration LONG = Duration.ofSeconds(20);

    private static void beat(FakeFleet fleet, String worker, long sequence, Epoch epoch, Duration clockOff) {
        Instant at = Instant.now().plus(clockOff);
        Map<Integer, Epoch> held = new HashMap<>();
        IntStream.range(0, PARTITIONS).forEach(p -> held.put(p, epoch));
        fleet.write(Topic.WORKERS, 0, worker, new WorkerHeartbeat(new WorkerId(worker), "incarnation-of-" + worker,
                "test", sequence, held, 1, 1, LEASE.toMillis(), at, at));
        fleet.flush();
    }

    private static int withoutOwner(GatewayUnderTest gateway) {
        return gateway.get("/api/fleet").at("/partitions/withoutOwner").size();
    }

    /** From when the gateway is ready until two leases later nobody may ever look alive. */
    private static void assertThatNobodyEverLooksAlive(GatewayUnderTest gateway) {
        Awaitility.await().during(LEASE.multipliedBy(2)).atMost(LONG).pollInterval(TICK)
                .untilAsserted(() -> {
                    Got fleet = gateway.get("/api/fleet");
                    assertThat(fleet.at("/workers").valueStream()).isNotEmpty()
                            .noneMatch(w -> w.at("/alive").asBoolean()).allMatch(w -> w.at("/heartbeatAgeMs").isNull());
                    assertThat(fleet.at("/partitions/withoutOwner").size()).isEqualTo(PARTITIONS);
                    assertThat(gateway.post("/api/whatsapp/disconnect/" + SHOP, null).at("/mode").asString())
                            .isEqualTo("passive");
                });
    }

    @Test
    void aWorkerThatDiedWhileTheGatewayWasDownNeverLooksAlive(TestBroker broker) {
        KafkaSettings kafka = broker.freshSettings(PARTITIONS);
        try (FakeFleet fleet = new FakeFleet(kafka).claimAll()) {
            fleet.account(SHOP, "+40712345678", "Shop", AccountStatus.CONNECTED);
            GatewayUnderTest.start(kafka, Map.of()).awaitOwners().close();
            fleet.die();
            // Others died long ago and left their last words: nothing but a tombstone takes them off a compacted topic.
            beat(fleet, "worker-of-last-year", 4711, new Epoch(17), Duration.ofDays(-365));
            beat(fleet, "worker-with-a-fast-clock", 12, fleet.epoch(), Duration.ofMinutes(10));
            try (GatewayUnderTest late = GatewayUnderTest.start(kafka, Map.of())) {
                assertThatNobodyEverLooksAlive(late);
            }
        }
    }

    @Test
    void aHeartbeatWrittenJustBeforeTheWorkerDiedDoesNotCountAfterTheGatewaysRestart(TestBroker broker) {
        KafkaSettings kafka = broker.freshSettings(PARTITIONS);
        try (FakeFleet fleet = new FakeFleet(kafka)) {
            fleet.account(SHOP, "+40712345678", "Shop", AccountStatus.CONNECTED);
            for (int restart = 1; restart <= 2; restart++) {
                beat(fleet, "worker-1", restart, fleet.epoch(), Duration.ZERO);
                try (GatewayUnderTest restarted = GatewayUnderTest.start(kafka, Map.of())) {
                    assertThatNobodyEverLooksAlive(restarted);
                }
            }
        }
    }

    @Test
    void aHeartbeatWhoseSequenceDoesNotGrowIsNoSignOfLife(TestBroker broker) {
        KafkaSettings kafka = broker.freshSettings(PARTITIONS);
        try (FakeFleet fleet = new FakeFleet(kafka);
                GatewayUnderTest gateway = GatewayUnderTest.start(kafka, Map.of())) {
            AtomicLong sequence = new AtomicLong(7);
            awaitOwnersWhileItGrows(fleet, sequence, gateway);
            Awaitility.await().atMost(LONG).pollInterval(TICK).until(() -> {
                beat(fleet, "worker-1", sequence.get(), fleet.epoch(), Duration.ZERO);
                beat(fleet, "worker-1", sequence.get() - 1, fleet.epoch(), Duration.ZERO);
                return withoutOwner(gateway) == PARTITIONS;
            });
            awaitOwnersWhileItGrows(fleet, sequence, gateway);
        }
    }

    /** A single heartbeat's lease may be over before a busy machine looks. */
    private static void awaitOwnersWhileItGrows(FakeFleet fleet, AtomicLong sequence, GatewayUnderTest gateway) {
        Awaitility.await().atMost(LONG).pollInterval(TICK).until(() -> {
            beat(fleet, "worker-1", sequence.incrementAndGet(), fleet.epoch(), Duration.ZERO);
            return withoutOwner(gateway) == 0;
        });
    }

    @Test
    void clocksThatDifferByMinutesChangeNothing(TestBroker broker) {
        for (Duration off : new Duration[]{Duration.ofMinutes(-10), Duration.ofMinutes(10)}) {
            KafkaSettings kafka = broker.freshSettings(PARTITIONS);
            try (FakeFleet fleet = new FakeFleet(kafka, off).claimAll();
                    GatewayUnderTest gateway = GatewayUnderTest.start(kafka, Map.of()).awaitOwners()) {
                fleet.account(SHOP, "+40712345678", "Shop", AccountStatus.CONNECTED);
                gateway.awaitStatus(SHOP.value(), "connected");
                assertThat(gateway.post("/api/whatsapp/reconnect/" + SHOP, null).status()).isEqualTo(200);
                assertThat(gateway.post("/api/whatsapp/send-message", MESSAGE).status()).isEqualTo(200);

                fleet.die();
                Awaitility.await().atMost(LONG).pollInterval(TICK)
                        .until(() -> withoutOwner(gateway) == PARTITIONS);
                assertThat(gateway.post("/api/whatsapp/reconnect/" + SHOP, null).at("/mode").asString())
                        .isEqualTo("passive");
                assertThat(gateway.get("/api/whatsapp/accounts/" + SHOP).at("/account/reason").asString())
                        .isEqualTo("owner_lost");

                fleet.claimAll();
                gateway.awaitOwners();
                fleet.account(SHOP, "+40712345678", "Shop", AccountStatus.CONNECTED);
                gateway.awaitStatus(SHOP.value(), "connected");
                assertThat(gateway.post("/api/whatsapp/reconnect/" + SHOP, null).status()).isEqualTo(200);
            }
        }
    }
}
