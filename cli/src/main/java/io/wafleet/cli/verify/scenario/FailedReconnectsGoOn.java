package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.verify.Account;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import io.wafleet.cli.verify.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Sixteen reconnects in a row fail, for known and unknown reasons: it goes on, says what for and until when, and is back. */
record FailedReconnectsGoOn() implements Scenario {
    private static final int REFUSALS = 16;

    @Override
    public String answers() {
        return "one failed reconnect stranded a healthy account in awaiting_scan, and five were the end of it (0.3 no. 5)";
    }

    @Override
    public Needs needs() {
        return Needs.SIMULATOR;
    }

    @Override
    public void play(Scene scene) {
        Account account = scene.linked();
        account.refuseLogins(503, 4);
        account.refuseLogins(777, 4);
        account.refuseLogins(428, 4);
        account.refuseLogins(408, 4);
        account.closeWith(428);
        Duration longest = scene.timers().session().backoffMax();
        account.awaitConnected(longest.multipliedBy(REFUSALS + 1));
        scene.expectEqual("the number of connects", REFUSALS + 1, account.newConnections().size());
        List<Standing> seen = account.since();
        scene.expect("it was never anything but reconnecting, until it was connected",
                seen.stream().allMatch(s -> List.of("reconnecting", "connecting", "connected").contains(s.status())),
                "");
        for (String reason : List.of("unavailable", "unknown_code", "connection_closed", "timed_out")) {
            scene.expect("the reason " + reason + " was shown, with a next attempt",
                    seen.stream().anyMatch(s -> s.is("reconnecting", reason) && isSoon(s, longest)), "");
        }
        account.cut();
        account.await("reconnecting", "network", Duration.ZERO);
        account.awaitConnected(longest);
    }

    private static boolean isSoon(Standing standing, Duration longest) {
        Instant next = standing.nextAttemptAt();
        return next != null && next.isBefore(Instant.now().plus(longest));
    }
}
