package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.verify.Account;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import io.wafleet.worker.session.SessionPolicy;
import java.time.Duration;

/** WhatsApp answers nothing any more on a connection that stays open: nobody goes on calling it connected. */
record KeepAliveLoss() implements Scenario {
    @Override
    public String answers() {
        return "connected but deaf, cured only by re-pairing; and a watchdog that killed healthy accounts (0.3 no. 12, 9 no. 11)";
    }

    @Override
    public Needs needs() {
        return Needs.SIMULATOR;
    }

    @Override
    public void play(Scene scene) {
        SessionPolicy session = scene.timers().session();
        Account account = scene.linked();
        scene.pass(session.keepAliveTimeout().plus(session.keepAliveInterval()), "quiet, but answered");
        scene.expectEqual("the number of its logins", 1L,
                account.connections().stream().filter(c -> c.loggedInAt() != null).count());
        account.goDeaf();
        long begun = System.nanoTime();
        account.await("reconnecting", "keepalive_timeout",
                session.keepAliveTimeout().plus(session.keepAliveInterval()));
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        scene.expect("it was noticed in time",
                took.compareTo(session.keepAliveTimeout().plus(session.keepAliveInterval()).plusSeconds(3)) < 0,
                took.toMillis() + " ms");
        account.awaitConnected(session.backoffMax());
    }
}
