package io.wafleet.cli.verify;

import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.fleet.Patience;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What a scenario can do and see: accounts of its own, the fleet's processes, and expectations that keep the evidence. One thread.
 */
public final class Scene {
    /** What a busy machine may take beyond any timer. */
    public static final Duration SLACK = Duration.ofSeconds(20);

    private final Stage stage;
    private final Notes notes = new Notes();
    private final List<Account> accounts = new CopyOnWriteArrayList<>();

    Scene(Stage stage) {
        this.stage = stage;
    }

    Stage stage() {
        return stage;
    }

    public Timers timers() {
        return stage.timers();
    }

    /** The fleet's processes; only for those that need them. */
    public Crew crew() {
        Crew crew = stage.crew();
        if (crew == null) {
            throw new IllegalStateException("needs a fleet of its own");
        }
        return crew.notedBy(notes);
    }

    /** Whether the topics and processes may be used. */
    public boolean isOwnFleet() {
        return stage.crew() != null;
    }

    /** An account with a phone of its own, not added yet. */
    public Account newAccount() {
        Account account = new Account(this, (char) ('A' + accounts.size()), stage.newPhone());
        accounts.add(account);
        return account;
    }

    /** An account that was added, scanned, and is connected. */
    public Account linked() {
        return linked(1).getFirst();
    }

    /** So many of them. */
    public List<Account> linked(int count) {
        List<Account> linked = IntStream.range(0, count).mapToObj(_ -> newAccount()).toList();
        linked.forEach(Account::add);
        linked.forEach(Account::link);
        return linked;
    }

    /** A POST to the gateway, as it is answered. */
    public Http.Answer post(String path, String json, String... headers) {
        return stage.http().post(stage.gateway() + path, json, headers);
    }

    /** A GET from the gateway, as it is answered. */
    public Http.Answer get(String path, String... headers) {
        return stage.http().get(stage.gateway() + path, headers);
    }

    /** Keeps something for the evidence. */
    public void note(String what) {
        notes.add(what);
    }

    /**
     * Keeps the rule as evidence when it holds.
     *
     * @throws Unmet otherwise
     */
    public void expect(String rule, boolean holds, Object found) {
        if (!holds) {
            throw new Unmet("expected: " + rule + "; found: " + found);
        }
        notes.add("as expected: " + rule + (String.valueOf(found).isEmpty() ? "" : ": " + found));
    }

    /** Expects these to be equal. */
    public void expectEqual(String what, Object wanted, Object found) {
        expect(what + " is " + wanted, wanted.equals(found), wanted.equals(found) ? "" : found);
    }

    /** How often a connection that another had replaced went on acting, of any account. */
    public long olderActed() {
        return ledger().olderActed();
    }

    /** The account that WhatsApp has this phone linked to; empty when there is none. */
    public String linkedTo(String phone) {
        return ledger().linkedTo(phone);
    }

    Ledger ledger() {
        return new Ledger(stage.http(), Objects.requireNonNull(stage.simulator(), "needs the simulator"));
    }

    /**
     * Waits until the rule holds: as long as a timer takes, and what a busy machine may add.
     *
     * @return how long that took
     */
    public Duration await(String rule, Duration timer, BooleanSupplier holds, Supplier<Object> found) {
        long begun = System.nanoTime();
        if (!Patience.within(timer.plus(SLACK), holds)) {
            throw new Unmet("waited " + timer.plus(SLACK).toSeconds() + " s in vain until: " + rule + "; found: "
                    + found.get());
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Lets time go by. */
    public void pass(Duration time, String why) {
        note(time.toMillis() + " ms go by: " + why);
        Patience.pass(time);
    }

    List<String> evidence() {
        return notes.with(accounts);
    }

    long millis() {
        return notes.millis();
    }

    /** Takes the accounts out of the fleet again, as far as that works. */
    void cleanUp() {
        accounts.forEach(Account::remove);
    }
}
