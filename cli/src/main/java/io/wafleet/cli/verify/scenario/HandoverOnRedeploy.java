package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.verify.Account;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import java.time.Duration;
import java.util.List;

/** A new set of workers starts beside the old one, then the old one ends: every account moves, without a QR and without a fight. */
record HandoverOnRedeploy() implements Scenario {
    @Override
    public String answers() {
        return "after a redeploy accounts vanished or the new instance stayed PASSIVE beside the old one (0.2, 9 no. 1 and 2)";
    }

    @Override
    public Needs needs() {
        return Needs.PROCESSES;
    }

    @Override
    public void play(Scene scene) {
        List<Account> accounts = scene.linked(4);
        long olderActed = scene.olderActed();
        List<String> old = scene.crew().workers();
        accounts.forEach(Account::mark);
        List<String> fresh = scene.crew().startWorkers(old.size());
        scene.note("both sets run and own partitions: " + old + " and " + fresh);
        scene.crew().end(old);
        accounts.forEach(account -> {
            scene.await(account + " is connected by the new set", scene.timers().lease(),
                    () -> fresh.contains(String.valueOf(account.standing().owner()))
                            && account.standing().status().equals("connected") && account.isLoggedIn(),
                    account::standing);
            scene.expect("it was never to be scanned, nor in conflict", account.since().stream()
                    .noneMatch(s -> s.requiresQr() || s.status().equals("conflict")), "");
            scene.await(account + " has exactly one connection", Duration.ZERO, account::hasOneConnection,
                    account::connections);
            scene.expect(account + " was connected anew without a storm", account.newConnections().size() <= 3,
                    account.newConnections().size() + " connects");
            scene.expect("handed over, not lost: it was away for less than a lease",
                    account.longestGap().compareTo(scene.timers().lease()) < 0,
                    account.longestGap().toMillis() + " ms");
        });
        scene.expectEqual("how often a replaced connection acted", olderActed, scene.olderActed());
    }
}
