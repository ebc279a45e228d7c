package io.wafleet.cli.bench;

import io.wafleet.cli.fleet.FleetProcess;
import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.fleet.LedgerReader;
import io.wafleet.cli.fleet.LinkedAccounts;
import io.wafleet.cli.fleet.Patience;
import io.wafleet.cli.fleet.ProcessFleet;
import io.wafleet.contract.AccountId;
import io.wafleet.kafka.AccountPartitions;
import io.wafleet.simulator.ledger.LedgerConnection;
import io.wafleet.simulator.ledger.LedgerSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The workers of the fleet: strikes one, waits until all accounts are connected again, and reads what that did from the ledger. */
final class WorkersUnderTest {
    private static final int SESSIONS_FROZEN = 5;
    private static final String STRANGER = "40787654321";

    private final FailoverOptions options;
    private final ProcessFleet fleet;
    private final Http http;
    private final LinkedAccounts accounts;
    private final OwnershipTrail trail;
    private final LedgerReader ledger;
    private final AccountPartitions partitions;
    private final ArrayDeque<String> workers = new ArrayDeque<>();
    private int started;

    /**
     * What was struck, and when.
     *
     * @param needed partitions that had to move
     * @param moved of them those that moved by the event itself, not by what followed
     */
    record Struck(String worker, long eventNanos, Set<Integer> moved, Set<Integer> needed, List<Long> liveBefore,
            LedgerSummary before, long writesBefore) {}

    WorkersUnderTest(FailoverOptions options, ProcessFleet fleet, Http http, LinkedAccounts accounts,
            OwnershipTrail trail) {
        this.options = options;
        this.fleet = fleet;
        this.http = http;
        this.accounts = accounts;
        this.trail = trail;
        this.ledger = new LedgerReader(fleet, http);
        this.partitions = new AccountPartitions(fleet.kafka().partitions());
        while (started < options.workers()) {
            workers.add("worker-" + ++started);
        }
    }

    /** Until the workers share all partitions, every account is connected, and that stays so for two sessions. */
    void awaitRest() {
        fleet.await("the workers share all partitions and all accounts are connected", this::isAtRest);
        Patience.pass(options.session().multipliedBy(2));
        fleet.await("the fleet stays at rest", this::isAtRest);
    }

    private boolean isAtRest() {
        return trail.ownedBy(Set.copyOf(workers)) == partitions.count()
                && workers.stream().allMatch(w -> trail.ownedBy(w).size() >= share())
                && ledger.summary().loggedInNow() == accounts.all().size();
    }

    private int share() {
        return partitions.count() / workers.size();
    }

    /** Strikes the oldest worker, or lets one more join; returns when all accounts are connected again, or patience is over. */
    Struck suffer() {
        String struck = options.kind() == FailoverKind.JOIN ? newName() : workers.getFirst();
        Set<Integer> owned = trail.ownedBy(struck);
        List<Long> live = live();
        LedgerSummary before = ledger.summary();
        long writes = trail.formerOwnerWrites();
        ledger.setClock();
        long event = System.nanoTime();
        Set<Integer> needed = new HashSet<>(owned);
        switch (options.kind()) {
            case KILL -> {
                leave(struck).kill();
                awaitMoved(event, owned, before);
            }
            case TERM -> {
                leave(struck).askToEnd();
                awaitMoved(event, owned, before);
            }
            case STOP -> needed.addAll(freeze(struck, event, owned, before));
            case JOIN -> {
                workers.addLast(struck);
                fleet.startWorker(struck);
                fleet.await("the new worker has its share",
                        () -> trail.ownedBy(struck).size() >= share());
                owned = trail.ownedBy(struck);
                awaitMoved(event, owned, before);
                needed.addAll(trail.ownedBy(struck));
            }
        }
        return new Struck(struck, event, owned, needed, live, before, writes);
    }

    /** Frozen for some sessions while people write to its accounts, so that it wakes with work to do; then until it has its share again. */
    private Set<Integer> freeze(String worker, long event, Set<Integer> owned, LedgerSummary before) {
        FleetProcess process = fleet.process(worker);
        process.freeze();
        writeTo(owned);
        awaitMoved(event, owned, before);
        long wakes = event + options.session().multipliedBy(SESSIONS_FROZEN).toNanos();
        Patience.pass(Duration.ofNanos(Math.max(0, wakes - System.nanoTime())));
        long woken = System.nanoTime();
        process.wake();
        fleet.await("the woken worker takes part again", () -> claimed(woken, worker).size() >= share());
        awaitConnected();
        return claimed(woken, worker);
    }

    private Set<Integer> claimed(long since, String worker) {
        return trail.claimsAfter(since).stream().filter(c -> c.worker().equals(worker))
                .map(OwnershipTrail.Claim::partition).collect(Collectors.toSet());
    }

    private void writeTo(Set<Integer> struck) {
        List<String> messages = accounts.all().stream().filter(a -> struck.contains(partitions.of(a.id())))
                .map(a -> "{\"from\":\"%s\",\"to\":\"%s\",\"text\":\"Hello\"}".formatted(STRANGER, a.phone()))
                .toList();
        for (int i = 0; i < messages.size(); i += 1_000) {
            http.post(fleet.simulator("/api/messages"), "{\"messages\":["
                    + String.join(",", messages.subList(i, Math.min(messages.size(), i + 1_000))) + "]}").ok();
        }
    }

    /** Cheap questions while it goes on: the machine belongs to the fleet. */
    private void awaitMoved(long event, Set<Integer> moved, LedgerSummary before) {
        long affected = accountsOn(moved).size();
        boolean _ = Patience.within(ProcessFleet.PATIENCE,
                () -> trail.claimsAfter(event).stream().map(OwnershipTrail.Claim::partition)
                        .collect(Collectors.toSet()).containsAll(moved)
                        && logins() - before.loginAttempts() + before.loginsRefused() >= affected);
        awaitConnected();
    }

    private long logins() {
        LedgerSummary now = ledger.summary();
        return now.loginAttempts() - now.loginsRefused();
    }

    private void awaitConnected() {
        boolean _ = Patience.within(ProcessFleet.PATIENCE,
                () -> ledger.summary().loggedInNow() == accounts.all().size());
    }

    /** What it did, with the floor measured right after. */
    FailoverRun measured(int number, Struck struck, FloorGroup.Floor floor, List<Long> gaps) {
        Instant event = ledger.at(struck.eventNanos());
        List<LedgerConnection> connections = ledger
                .connectionsAfter(FailoverRun.min(struck.liveBefore()) - 1);
        Set<AccountId> affected = accountsOn(struck.moved());
        Disturbance seen = Disturbance.of(connections, event, affected, options.kind().diesAtOnce());
        Set<AccountId> lost = new HashSet<>();
        accounts.all().forEach(a -> lost.add(a.id()));
        connections.stream().filter(WorkersUnderTest::isLive)
                .forEach(c -> lost.remove(new AccountId(String.valueOf(c.client()))));
        Set<AccountId> needlessly = new HashSet<>(seen.disturbed());
        needlessly.removeAll(accountsOn(struck.needed()));
        gaps.addAll(seen.gapMs().values());
        LedgerSummary after = ledger.summary();
        List<Long> claims = trail.claimsAfter(struck.eventNanos()).stream()
                .filter(c -> struck.moved().contains(c.partition()))
                .collect(Collectors.toMap(OwnershipTrail.Claim::partition, OwnershipTrail.Claim::nanos, Math::min))
                .values().stream().map(nanos -> (nanos - struck.eventNanos()) / 1_000_000).toList();
        return new FailoverRun(number, struck.worker(), affected.size(), struck.moved().size(),
                FailoverRun.min(seen.backMs().values()), FailoverRun.max(seen.backMs().values()),
                FailoverRun.max(seen.gapMs().values()), Figures.of(seen.gapMs().values()).median(),
                FailoverRun.min(claims), FailoverRun.max(claims), floor.lastMs(), floor.gapMs(), lost.size(),
                seen.disturbed().size(), needlessly.size(),
                after.doubleConnections() - struck.before().doubleConnections(),
                after.olderActed() - struck.before().olderActed(),
                trail.formerOwnerWrites() - struck.writesBefore());
    }

    /** Brings the fleet back to its size. */
    void restore() {
        switch (options.kind()) {
            case KILL, TERM -> {
                String name = newName();
                workers.addLast(name);
                fleet.startWorker(name);
            }
            case STOP -> workers.addLast(workers.removeFirst());
            case JOIN -> leave(workers.getFirst()).terminate();
        }
    }

    private FleetProcess leave(String worker) {
        workers.remove(worker);
        return fleet.process(worker);
    }

    private String newName() {
        return "worker-" + ++started;
    }

    private List<Long> live() {
        return ledger.connectionsAfter(0).stream().filter(WorkersUnderTest::isLive).map(LedgerConnection::number)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static boolean isLive(LedgerConnection connection) {
        return connection.loggedInAt() != null && connection.endedAt() == null;
    }

    private Set<AccountId> accountsOn(Set<Integer> moved) {
        return accounts.all().stream().map(LinkedAccounts.Account::id)
                .filter(a -> moved.contains(partitions.of(a))).collect(Collectors.toSet());
    }
}
