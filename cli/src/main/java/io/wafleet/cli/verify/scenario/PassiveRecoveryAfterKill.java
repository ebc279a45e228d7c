package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.verify.Account;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import io.wafleet.cli.verify.Standing;
import java.util.ArrayList;
import java.util.List;

/** A worker is killed: another, PASSIVE until then for its partitions, becomes ACTIVE and connects its accounts, without a QR. */
record PassiveRecoveryAfterKill() implements Scenario {
    private static final int MOST = 16;

    @Override
    public String answers() {
        return "an instance that became ACTIVE restored nothing: 0 sockets until a person came (0.2, 0.3 no. 1, 9 no. 1)";
    }

    @Override
    public Needs needs() {
        return Needs.PROCESSES;
    }

    @Override
    public void play(Scene scene) {
        Account resting = scene.linked();
        String victim = String.valueOf(resting.standing().owner());
        List<Account> accounts = new ArrayList<>(scene.linked(3));
        while (accounts.stream().noneMatch(a -> victim.equals(a.standing().owner())) && accounts.size() < MOST) {
            accounts.add(scene.linked());
        }
        scene.expectEqual("the answer to disconnect", 200, resting.order("disconnect").status());
        resting.await("disconnected", "user_disconnect", scene.timers().lease());
        resting.mark();
        List<Account> struck = accounts.stream().filter(a -> victim.equals(a.standing().owner())).toList();
        List<Account> others = accounts.stream().filter(a -> !struck.contains(a)).toList();
        scene.expect("the worker to be killed has accounts that are connected", !struck.isEmpty(), struck);
        accounts.forEach(Account::mark);
        scene.crew().kill(victim);
        struck.forEach(account -> {
            account.awaitConnected(scene.timers().lease());
            Standing now = account.standing();
            scene.expect(account + " has another owner", !victim.equals(now.owner()), now);
            scene.expect("it was never to be scanned", account.since().stream().noneMatch(Standing::requiresQr), "");
        });
        others.forEach(account -> scene.expectEqual("the number of connects of " + account
                + ", whose owner lives", 0, account.newConnections().size()));
        scene.await("another worker speaks for " + resting, scene.timers().lease(),
                () -> resting.standing().owner() != null && !victim.equals(resting.standing().owner()),
                resting::standing);
        scene.expectEqual("the status of " + resting + ", which a person disconnected", "disconnected",
                resting.standing().status());
        resting.expectNoConnects(scene.timers().session().backoffMin(), "a short while");
    }
}
