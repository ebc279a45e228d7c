package io.wafleet.worker.simulation;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.kafka.AccountPartitions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run: a broker, workers, accounts, and things that go wrong, all decided by the seed. */
final class World {
    /** How long, after everything that goes wrong is over, it may take until all is well. */
    private static final long SETTLE = 8 * WorldSettings.SECOND;
    private static final long LOOK = 20_000_000;

    private final Sabotage sabotage;
    private final Chance chance;
    private final WorldSettings settings;
    private final Scheduler scheduler = new Scheduler();
    private final Trace trace;
    private final Network network;
    private final Promises promises;
    private final Broker broker;
    private final WhatsApp whatsApp;
    private final AccountPartitions accountPartitions;
    private final Outbox outbox;
    private final Faults faults;
    private final Ownerless ownerless;
    private final List<Worker> workers = new ArrayList<>();
    private long connections;
    private int started;
    private boolean settled;
    private @Nullable String violation;

    World(long seed, Sabotage sabotage, int traced) {
        this.sabotage = sabotage;
        this.chance = new Chance(seed);
        this.settings = WorldSettings.of(chance);
        this.trace = new Trace(traced, scheduler);
        this.network = new Network(scheduler, chance);
        this.promises = new Promises(this, trace);
        this.broker = new Broker(settings, scheduler, chance, network, promises, trace);
        this.whatsApp = new WhatsApp(scheduler, chance, trace);
        this.accountPartitions = new AccountPartitions(settings.partitions());
        this.outbox = new Outbox(this);
        for (int i = 0; i < settings.accounts(); i++) {
            AccountId id = new AccountId("a" + i);
            PhoneNumber phone = new PhoneNumber("+4070000010" + i);
            whatsApp.register(id, phone);
            outbox.add(id, phone);
        }
        for (int i = 0; i < settings.workers(); i++) {
            scheduler.after(chance.millis(0, 300), this::start);
        }
        this.faults = new Faults(this);
        this.ownerless = new Ownerless(this);
        scheduler.after(LOOK, this::look);
    }

    /**
     * Runs until all is well again.
     *
     * @return what was broken; null: nothing
     */
    @Nullable
    String run() {
        while (violation == null && !settled && scheduler.step()) {
            // Each promise is checked by the step that could break it.
        }
        return violation;
    }

    private void look() {
        ownerless.look();
        if (scheduler.now() > faults.over()) {
            String missing = missing();
            settled = missing == null;
            if (missing != null && scheduler.now() - faults.over() > SETTLE) {
                violated("not well in time: " + missing);
            }
        }
        scheduler.after(LOOK, this::look);
    }

    private @Nullable String missing() {
        for (int p = 0; p < settings.partitions(); p++) {
            List<Worker> owners = promises.activeFor(p);
            if (owners.size() != 1) {
                return "partition " + p + " has owners " + owners;
            }
            if (broker.position(p) != promises.position(p)) {
                return "the group's position in " + p + " is not the journal's";
            }
        }
        for (AccountId account : outbox.accounts()) {
            SimulatedConnection live = whatsApp.live(account);
            if (live == null || promises.activeFor(accountPartitions.of(account)).getFirst() != live.worker()) {
                return account + " is not connected by its owner";
            }
            if (!whatsApp.isTakenIn(account)) {
                return "what was written to " + account + " was not taken in";
            }
        }
        return outbox.missing();
    }

    Worker start() {
        Host host = new Host("w" + started++, scheduler, chance);
        trace.note(host, "starts");
        Worker worker = new Worker(host, this);
        workers.add(worker);
        faults.started(worker);
        return worker;
    }

    /** It left in order, and its process ends. */
    void gone(Worker worker) {
        trace.note(worker, "is gone");
        worker.host().kill();
        whatsApp.reset(worker.host());
    }

    void violated(String what) {
        if (violation == null) {
            trace.note("VIOLATION:", what);
            violation = what;
        }
    }

    void broken(Worker worker, RuntimeException cause) {
        violated("the ownership loop of " + worker + " broke: " + cause);
    }

    long nextConnection() {
        return ++connections;
    }

    List<Worker> workers() {
        return workers;
    }

    Sabotage sabotage() {
        return sabotage;
    }

    Chance chance() {
        return chance;
    }

    WorldSettings settings() {
        return settings;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Trace trace() {
        return trace;
    }

    Network network() {
        return network;
    }

    Promises promises() {
        return promises;
    }

    Broker broker() {
        return broker;
    }

    WhatsApp whatsApp() {
        return whatsApp;
    }

    Outbox outbox() {
        return outbox;
    }

    AccountPartitions accountPartitions() {
        return accountPartitions;
    }
}
