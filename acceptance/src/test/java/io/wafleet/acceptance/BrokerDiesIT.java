package io.wafleet.acceptance;

import io.wafleet.cli.Main;
import io.wafleet.cli.fleet.Distribution;
import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.fleet.LinkedAccounts;
import io.wafleet.cli.fleet.Patience;
import io.wafleet.cli.fleet.ProcessFleet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;

/** The broker's process is killed beside the fleet, and started again 3 s later; both profiles with their own timings. */
@Execution(ExecutionMode.SAME_THREAD)
final class BrokerDiesIT {
    private static final int ACCOUNTS = 20;
    private static final Duration AWAY = Duration.ofSeconds(3);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void steadyKeepsEveryConnection() {
        try (Http http = new Http(); ProcessFleet fleet = fleet("steady")) {
            fleet.startAll(http, 2);
            LinkedAccounts accounts = LinkedAccounts.link(fleet, http, ACCOUNTS);
            long connects = connects(http, fleet);
            restartBroker(fleet);
            awaitSent(http, fleet, accounts);
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

    private ProcessFleet fleet(String profile) {
        return new ProcessFleet(Distribution.of(Main.class), directory.resolve(profile), 16,
                Map.of("WAFLEET_TIMING_PROFILE", profile));
    }

    /** Killed, for a broker that ends in order leaves less behind. */
    private static void restartBroker(ProcessFleet fleet) {
        fleet.process("broker").kill();
        Patience.pass(AWAY);
        fleet.start("broker", "broker");
    }

    /** A message of every account says more than any status. */
    private static void awaitSent(Http http, ProcessFleet fleet, LinkedAccounts accounts) {
        for (LinkedAccounts.Account account : accounts.all()) {
            String body = "{\"accountId\":\"%s\",\"to\":\"+40722000111\",\"message\":\"Hello\"}"
                    .formatted(account.id().value());
            boolean sent = Patience.within(Duration.ofSeconds(60), () -> {
                Http.Answer answer = http.post(fleet.gateway("/api/whatsapp/send-message"), body);
                return answer.status() == 200 && answer.json().path("status").asString().equals("sent");
            });
            assertThat(sent).as("account %s sends", account.id()).isTrue();
        }
    }

    private static long connects(Http http, ProcessFleet fleet) {
        return http.get(fleet.simulator("/api/ledger/summary")).ok().path("connectsTotal").asLong();
    }
}
