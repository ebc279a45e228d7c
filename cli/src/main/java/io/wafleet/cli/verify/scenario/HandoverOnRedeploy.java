package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.verify.Account;
import io.wafleet.cli.verify.FleetTopics;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import io.wafleet.contract.Event;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A new set of workers starts beside the old one, then the old one ends: every account moves, without a QR and without a fight. */
record HandoverOnRedeploy() implements Scenario {
    /** How often an account's partition was claimed, and given up in order. */
    private record Handovers(long claims, long releases) {}

    private static Handovers handovers(Scene scene, Account account) {
        FleetTopics topics = scene.crew().topics();
        return new Handovers(topics.events(Event.PartitionClaimed.class, account.id()),
                topics.events(Event.PartitionReleased.class, account.id()));
    }

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
        Map<Account, Handovers> before = new HashMap<>();
        accounts.forEach(account -> before.put(account, handovers(scene, account)));
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
            scene.note(account + " was away for " + account.longestGap().toMillis() + " ms at the longest");
            Handovers then = Objects.requireNonNull(before.get(account));
            Handovers now = handovers(scene, account);
            scene.expect("its partition was given up in order each time before it was claimed",
                    now.claims() - then.claims() <= now.releases() - then.releases(),
                    "before " + then + ", now " + now);
        });
        scene.expectEqual("how often a replaced connection acted", olderActed, scene.olderActed());
    }
}
