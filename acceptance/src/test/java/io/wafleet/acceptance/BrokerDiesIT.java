package io.wafleet.acceptance;

import io.wafleet.acceptance.Calls.Got;
import io.wafleet.cli.Main;
import io.wafleet.cli.fleet.Distribution;
import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.fleet.LinkedAccounts;
import io.wafleet.cli.fleet.Patience;
import io.wafleet.cli.fleet.ProcessFleet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * The broker's process is killed beside the fleet, and started again 3 s later; both profiles with their own timings. Or it stands
 * still, and takes what nobody sees confirmed.
 */
@Execution(ExecutionMode.SAME_THREAD)
final class BrokerDiesIT {
    private static final int ACCOUNTS = 20;
    private static final Duration AWAY = Duration.ofSeconds(3);
    /** The lease of the steady profile, less what the first heartbeat takes. */
    private static final Duration BRIDGED = Duration.ofSeconds(12);
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void steadyKeepsEveryConnection() {
        try (Http http = new Http(); ProcessFleet fleet = fleet("steady")) {
            fleet.startAll(http, 2);
            LinkedAccounts accounts = LinkedAccounts.link(fleet, http, ACCOUNTS);
            long connects = connects(http, fleet);
            Duration outage = restartBroker(fleet);
            awaitSent(http, fleet, accounts);
            assumeThat(outage).as("more than any lease bridges: this machine is too slow").isLessThan(BRIDGED);
            assertThat(connects(http, fleet)).as("connections opened anew").isEqualTo(connects);
            assertThat(accounts.loggedIn()).isEqualTo(ACCOUNTS);
        }
    }

    @Test
    void fastComesBackByItself() {
        try (Http http = new Http(); ProcessFleet fleet = fleet("fast")) {
            fleet.startAll(http, 2);
            LinkedAccounts accounts = LinkedAccounts.link(fleet, http, ACCOUNTS);
            restartBroker(fleet);
            awaitSent(http, fleet, accounts);
            accounts.awaitConnected();
        }
    }

    @Test
    void whatAFrozenBrokerDoesNotConfirmIsSaidToBeOpenAndIsSentOnceUnderItsKey() {
        try (Http http = new Http(); Calls calls = new Calls(); ProcessFleet fleet = fleet("steady")) {
            fleet.startAll(http, 1);
            LinkedAccounts accounts = LinkedAccounts.link(fleet, http, 1);
            awaitSent(http, fleet, accounts);
            LinkedAccounts.Account account = accounts.all().getFirst();
            String url = fleet.gateway("/api/whatsapp/send-message");
            String[] underKey = {"Idempotency-Key", "frozen", "Prefer", "respond-async"};

            fleet.process("broker").freeze();
            // At once: Kafka's client has both before it notices, and drops its metadata.
            CompletableFuture<Got> plain = CompletableFuture.supplyAsync(
                    () -> calls.call("POST", url, body(account, "40722000112"), "Prefer", "respond-async"));
            Got undecided = calls.call("POST", url, body(account, "40722000113"), underKey);
            Got unconfirmed = plain.join();
            fleet.process("broker").wake();

            assertThat(unconfirmed.status()).as(unconfirmed.body()).isEqualTo(503);
            assertThat(unconfirmed.text("code")).isEqualTo("kafka_unconfirmed");
            assertThat(unconfirmed.text("error")).contains("may have been accepted");
            assertThat(unconfirmed.text("messageId")).startsWith("3EB0");
            assertThat(undecided.status()).as(undecided.body()).isEqualTo(503);
            assertThat(undecided.text("code")).isEqualTo("undecided");
            AtomicReference<String> kept = new AtomicReference<>("");
            await().atMost(LONG).until(() -> {
                Got again = calls.call("POST", url, body(account, "40722000113"), underKey);
                kept.set(again.text("messageId"));
                return again.status() == 202 || again.status() == 200;
            });
            await().atMost(LONG).until(() -> accounts.shown(account.phone(), "40722000113").contains(kept.get()));
            // Sent after it: by then a second bubble would be there.
            awaitSent(http, fleet, accounts);
            assertThat(accounts.shown(account.phone(), "40722000113")).containsExactly(kept.get());
            assertThat(accounts.shown(account.phone(), "40722000112"))
                    .isSubsetOf(unconfirmed.text("messageId")).hasSizeLessThan(2);
        }
    }

    private ProcessFleet fleet(String profile) {
        return new ProcessFleet(Distribution.of(Main.class), directory.resolve(profile), 16,
                Map.of("WAFLEET_TIMING_PROFILE", profile));
    }

    /** Killed, for a broker that ends in order leaves less behind; how long it was away. */
    private static Duration restartBroker(ProcessFleet fleet) {
        long begun = System.nanoTime();
        fleet.process("broker").kill();
        Patience.pass(AWAY);
        fleet.start("broker", "broker");
        fleet.await("the broker runs", fleet.process("broker")::isRunning);
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** A message of every account says more than any status. */
    private static void awaitSent(Http http, ProcessFleet fleet, LinkedAccounts accounts) {
        for (LinkedAccounts.Account account : accounts.all()) {
            String body = body(account, "40722000111");
            boolean sent = Patience.within(Duration.ofSeconds(60), () -> {
                Http.Answer answer = http.post(fleet.gateway("/api/whatsapp/send-message"), body);
                return answer.status() == 200 && answer.json().path("status").asString().equals("sent");
            });
            assertThat(sent).as("account %s sends", account.id()).isTrue();
        }
    }

    private static String body(LinkedAccounts.Account account, String to) {
        return "{\"accountId\":\"%s\",\"to\":\"+%s\",\"message\":\"Hello\"}".formatted(account.id().value(), to);
    }

    private static long connects(Http http, ProcessFleet fleet) {
        return http.get(fleet.simulator("/api/ledger/summary")).ok().path("connectsTotal").asLong();
    }
}
