package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.verify.Account;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import io.wafleet.cli.verify.Standing;
import java.util.List;

/** Everything but WhatsApp ends and starts anew, the broker too: what was connected is again, what was not is not. */
record RestoreAfterFullRestart() implements Scenario {
    @Override
    public String answers() {
        return "boot restore never happened: no account was connected after any restart, and the list was empty (0.2, 0.3 no. 1, 9 no. 2)";
    }

    @Override
    public Needs needs() {
        return Needs.PROCESSES;
    }

    @Override
    public void play(Scene scene) {
        List<Account> accounts = scene.linked(3);
        Account resting = scene.linked();
        scene.expectEqual("the answer to disconnect", 200, resting.order("disconnect").status());
        resting.await("disconnected", "user_disconnect", scene.timers().lease());
        accounts.forEach(Account::mark);
        resting.mark();
        scene.crew().restartEverything();
        accounts.forEach(account -> {
            account.awaitConnected(scene.timers().lease());
            scene.expect("it was never to be scanned", account.since().stream().noneMatch(Standing::requiresQr), "");
        });
        scene.await(resting + " is listed", scene.timers().lease(),
                () -> resting.standing().is("disconnected", "user_disconnect"), resting::standing);
        scene.expectEqual("the number of its connects", 0, resting.newConnections().size());
        scene.expectEqual("the answer to reconnect", 200, resting.order("reconnect").status());
        resting.awaitConnected();
    }
}
