package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.verify.Account;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A person removes the account on the phone (401): not one connect over ten of the longest backoffs, two takeovers, an order to
 * reconnect all, and a restart of everything; until a person asks for a QR.
 */
record LoggedOutStaysOut() implements Scenario {
    private static final int LOGGED_OUT = 401;
    private static final int NOT_FOUND = 404;

    @Override
    public String answers() {
        return "401 loop: a revoked account reconnected for ever, also after restarts (9 no. 3; at HEAD uncleared sessions, 4.2)";
    }

    @Override
    public Needs needs() {
        return Needs.PROCESSES;
    }

    @Override
    public void play(Scene scene) {
        Account account = scene.linked();
        account.expectCredentials();
        account.unlinkOnPhone();
        account.await("needs_qr", "logged_out", Duration.ZERO);
        account.expectNoConnects("ten of the longest backoffs");
        account.expectNeedsQr("logged_out", LOGGED_OUT);

        takeover(scene, account, worker -> scene.crew().kill(worker));
        scene.crew().startWorkers(1);
        takeover(scene, account, worker -> scene.crew().end(List.of(worker)));
        reconnectAll(scene);
        account.expectNoConnects(scene.timers().session().backoffMax(), "after two takeovers");

        scene.crew().restartEverything();
        scene.await("it is listed after the restart", scene.timers().lease(),
                () -> account.standing().is("needs_qr", "logged_out") && account.standing().owner() != null,
                account::standing);
        account.expectNoConnects("ten of the longest backoffs, after the restart of everything");
        account.expectNeedsQr("logged_out", LOGGED_OUT);

        scene.expectEqual("the answer to regenerate-qr", 200, account.regenerate().status());
        account.scan();
        account.awaitConnected();
    }

    private static void takeover(Scene scene, Account account, Consumer<String> strike) {
        scene.await("a worker speaks for it", scene.timers().lease(), () -> account.standing().owner() != null,
                account::standing);
        String owner = String.valueOf(account.standing().owner());
        strike.accept(owner);
        scene.await("another worker speaks for it", scene.timers().lease(),
                () -> account.standing().owner() != null && !owner.equals(account.standing().owner()),
                account::standing);
        account.expectNeedsQr("logged_out", LOGGED_OUT);
    }

    private static void reconnectAll(Scene scene) {
        int status = scene.post("/api/whatsapp/reconnect-all", "{}").status();
        scene.note("reconnect-all is " + (status == NOT_FOUND ? "not there" : "answered " + status));
    }
}
