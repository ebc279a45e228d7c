package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.verify.Account;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import java.time.Duration;
import java.util.List;

/** A worker stands still until it has lost its partitions, and wakes: it acts for nobody, gets partitions again, and takes over. */
record PassiveRecoveryAfterLockLoss() implements Scenario {
    @Override
    public String answers() {
        return "after losing the lock: sockets left open, and PASSIVE until a restart (0.2, 0.3 no. 13, 5, 9 no. 1)";
    }

    @Override
    public Needs needs() {
        return Needs.PROCESSES;
    }

    @Override
    public void play(Scene scene) {
        List<Account> accounts = scene.linked(3);
        String frozen = String.valueOf(accounts.getFirst().standing().owner());
        List<Account> struck = accounts.stream().filter(a -> frozen.equals(a.standing().owner())).toList();
        long olderActed = scene.olderActed();
        struck.forEach(Account::mark);
        scene.crew().freeze(frozen);
        struck.forEach(account -> account.awaitConnected(scene.timers().lease()));
        scene.crew().wake(frozen);
        Duration took = scene.await(frozen + " owns partitions again", scene.timers().lease().multipliedBy(2),
                () -> scene.crew().owns(frozen), () -> "it does not");
        scene.note(frozen + " was ACTIVE again " + took.toMillis() + " ms after it woke");
        accounts.forEach(account -> {
            scene.await(account + " has exactly one connection", scene.timers().lease(), account::hasOneConnection,
                    account::connections);
        });
        scene.expectEqual("how often a replaced connection acted", olderActed, scene.olderActed());
        accounts.forEach(Account::mark);
        scene.crew().workers().stream().filter(w -> !w.equals(frozen)).forEach(scene.crew()::kill);
        accounts.forEach(account -> scene.await(account + " is connected by " + frozen, scene.timers().lease(),
                () -> frozen.equals(account.standing().owner()) && account.standing().status().equals("connected")
                        && account.isLoggedIn(),
                account::standing));
    }
}
