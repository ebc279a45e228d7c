package io.wafleet.worker;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Event;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import io.wafleet.identity.AccountIds;
import io.wafleet.simulator.ledger.LedgerSummary;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Hundreds of accounts that want to connect at once: after a takeover, and when WhatsApp drops them all. The figures are printed. */
@ExtendWith(BrokerExtension.class)
final class LoginStormIT {
    private static final int ACCOUNTS = Integer.getInteger("wafleet.storm.accounts", 500);
    private static final int RATE = Integer.getInteger("wafleet.storm.rate", 100);
    private static final Duration PATIENCE = Duration.ofSeconds(60 + 2L * ACCOUNTS / RATE);
    /** The slowest first backoff. */
    private static final Duration BACKOFF = Duration.ofSeconds(2);

    private final List<String> phones = new ArrayList<>();
    private final AccountIds ids = new AccountIds("prod");
    private TestFleet fleet;

    @BeforeEach
    void startsFleet(TestBroker broker) {
        fleet = new TestFleet(broker.freshSettings(8));
        for (int i = 0; i < ACCOUNTS; i++) {
            phones.add("+4071" + (2_000_000 + i));
        }
    }

    @AfterEach
    void stopsFleet() {
        fleet.close();
    }

    @Test
    void accountsThatWereDroppedAtOnceAllComeBackNeverFasterThanTheLimiter() {
        fleet.startWorker("worker-a", Map.of("timing.profile", "steady"));
        linkAll();
        fleet.stopWorker("worker-a");

        begin();
        fleet.startWorker("worker-b",
                Map.of("timing.profile", "steady", "connect.rate", Integer.toString(RATE)));
        assertAllBack("taken over");

        begin();
        assertThat(fleet.post("/api/faults", "{\"kind\":\"close\",\"code\":503}"))
                .contains("\"struck\":" + ACCOUNTS);
        assertAllBack("dropped with 503");
    }

    private void linkAll() {
        long start = System.nanoTime();
        phones.forEach(phone -> fleet.link(account(phone), new PhoneNumber(phone)));
        await().atMost(PATIENCE).until(
                () -> fleet.events.stream().filter(Event.QrIssued.class::isInstance).count() >= ACCOUNTS);
        phones.forEach(phone -> fleet.scan(phone, account(phone)));
        await().atMost(PATIENCE).until(() -> ledger().loggedInNow() == ACCOUNTS);
        System.out.printf("%d accounts linked in %.1f s%n", ACCOUNTS, (System.nanoTime() - start) / 1e9);
    }

    private AccountId account(String phone) {
        return ids.of(new PhoneNumber(phone));
    }

    private void begin() {
        fleet.delete("/api/ledger");
    }

    private void assertAllBack(String what) {
        long start = System.nanoTime();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(
                () -> ledger().loggedInNow() == ACCOUNTS && ledger().connectsTotal() >= ACCOUNTS);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        LedgerSummary ledger = ledger();
        System.out.printf(
                "%d accounts %s: all back after %.1f s; %d connects, at most %d within any second, limiter %d%n",
                ACCOUNTS, what, took.toMillis() / 1000.0, ledger.connectsTotal(), ledger.maxConnectsPerSecond(), RATE);
        // Exact where the worker opens them (ConnectLimiterTest); on their way to the simulator a busy machine bunches some.
        assertThat(ledger.maxConnectsPerSecond()).as("connects within any second").isLessThanOrEqualTo(RATE + RATE / 4);
        assertThat(ledger.connectsTotal()).as("one attempt each").isEqualTo(ACCOUNTS);
        assertThat(took).isLessThan(Duration.ofMillis(1_200L * ACCOUNTS / RATE).plus(BACKOFF).plusSeconds(20));
    }

    private LedgerSummary ledger() {
        return JsonCodec.decode(fleet.get("/api/ledger/summary").getBytes(StandardCharsets.UTF_8), LedgerSummary.class);
    }
}
