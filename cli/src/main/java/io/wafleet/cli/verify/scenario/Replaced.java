package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.verify.Account;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import io.wafleet.worker.session.SessionPolicy;
import java.time.Duration;
import java.time.Instant;

/** Another client takes the connection (440), and takes it again: one reconnect after a wait, then a person must decide. */
record Replaced() implements Scenario {
    private static final int REPLACED = 440;
    private static final Duration CLOCKS = Duration.ofMillis(200);

    @Override
    public String answers() {
        return "440, somebody else took the session, was retried like a network blip: two clients threw each other out for ever (4.2)";
    }

    @Override
    public Needs needs() {
        return Needs.SIMULATOR;
    }

    @Override
    public void play(Scene scene) {
        SessionPolicy session = scene.timers().session();
        Account account = scene.linked();
        Instant struck = Instant.now();
        account.closeWith(REPLACED);
        account.await("reconnecting, and says when it tries again", Duration.ZERO,
                s -> s.is("reconnecting", "replaced") && s.nextAttemptAt() != null);
        account.awaitConnected(session.replacedWait());
        scene.expectEqual("the number of connects", 1, account.newConnections().size());
        Duration waited = Duration.between(struck, account.newConnections().getFirst().openedAt());
        scene.expect("it stayed away for " + session.replacedWait().toMillis() + " ms",
                waited.plus(CLOCKS).compareTo(session.replacedWait()) >= 0, waited.toMillis() + " ms");
        account.closeWith(REPLACED);
        account.await("conflict", "replaced", Duration.ZERO);
        account.expectNoConnects(max(scene.timers().tenBackoffs(), session.replacedWait().multipliedBy(2)),
                "it waits for a person");
        scene.expectEqual("the answer to reconnect", 200, account.order("reconnect").status());
        account.awaitConnected();
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
