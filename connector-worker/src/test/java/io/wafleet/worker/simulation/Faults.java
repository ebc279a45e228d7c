package io.wafleet.worker.simulation;

import io.wafleet.contract.AccountId;
import java.util.List;

/** What goes wrong, and what people do meanwhile. All of it is over some time after the faulty time. */
final class Faults {
    private static final Integer[] CODES = {null, 408, 428, 503, 515, 401};

    private final World world;
    private final Chance chance;
    private int ambushes;
    private long over;

    Faults(World world) {
        this.world = world;
        this.chance = world.chance();
        long faulty = world.settings().faultyFor();
        for (int i = 0; i < world.settings().faults(); i++) {
            at(chance.millis(200, faulty / 1e6), this::fault);
        }
        for (AccountId account : world.outbox().accounts()) {
            for (int i = chance.below(4); i > 0; i--) {
                at(chance.millis(0, faulty / 1e6), () -> world.outbox().send(account));
                at(chance.millis(0, faulty / 1e6), () -> world.whatsApp().write(account));
            }
            for (int i = chance.below(3); i > 0; i--) {
                at(chance.millis(0, faulty / 1e6), () -> world.outbox().order(account));
            }
        }
        ambushes = world.settings().ambushes();
        world.network().ambush(this::maybeAmbush);
        over = faulty;
        at(faulty, world.outbox()::quiet);
    }

    private void at(long when, Runnable run) {
        world.scheduler().after(when, run);
    }

    /** When the last of them is over. */
    long over() {
        return over;
    }

    private void later(long delay, Runnable end) {
        over = Math.max(over, world.scheduler().now() + delay);
        at(delay, end);
    }

    private void fault() {
        List<Worker> running = world.workers().stream().filter(w -> w.host().isRunning() && !w.isLeaving()).toList();
        if (running.isEmpty()) {
            return;
        }
        Worker victim = running.get(chance.below(running.size()));
        if (world.settings().storm()) {
            churn();
            return;
        }
        switch (chance.below(13)) {
            case 0, 1, 2 -> stop(victim, chance.oneIn(3) ? chance.millis(100, 950) : chance.millis(950, 2000));
            case 3, 4 -> kill(victim);
            case 5 -> {
                world.start();
                victim.leave();
            }
            case 6 -> world.start();
            case 7 -> cutOff(victim, chance.millis(100, 1900));
            case 8 -> world.broker().restart(restartTime());
            case 9 -> sluggish(victim);
            case 10 -> stall(victim);
            case 11 -> {
                for (int p = 0; p < world.settings().partitions(); p++) {
                    world.broker().compact(p, chance);
                }
            }
            default -> closeSome();
        }
    }

    private void maybeAmbush(Host host) {
        if (ambushes > 0 && host.isHealthy() && world.scheduler().now() < world.settings().faultyFor()
                && chance.oneIn(80)) {
            world.workers().stream().filter(w -> w.host() == host && !w.isLeaving()).findFirst().ifPresent(victim -> {
                ambushes--;
                switch (chance.below(8)) {
                    case 0 -> kill(victim);
                    case 1 -> cutOff(victim, chance.millis(100, 1900));
                    default -> stop(victim, chance.millis(200, 2000));
                }
            });
        }
    }

    private long restartTime() {
        long time = chance.millis(50, 1500);
        over = Math.max(over, world.scheduler().now() + time);
        return time;
    }

    private void stop(Worker worker, long time) {
        world.trace().note(worker, "is stopped for", time / 1_000_000, "ms");
        worker.host().stop(world.settings().suspended());
        worker.host().disturbed();
        later(time, () -> {
            world.trace().note(worker, "wakes");
            worker.host().wake(chance);
            worker.host().calm();
        });
    }

    private void kill(Worker worker) {
        world.trace().note(worker, "is killed");
        worker.host().kill();
        world.whatsApp().reset(worker.host());
        later(chance.millis(0, 800), world::start);
    }

    private void cutOff(Worker worker, long time) {
        world.trace().note(worker, "is cut off for", time / 1_000_000, "ms");
        worker.host().cutOff(true);
        worker.host().disturbed();
        later(time, () -> {
            world.trace().note(worker, "is reachable again");
            worker.host().cutOff(false);
            worker.host().calm();
        });
    }

    private void sluggish(Worker worker) {
        sluggish(worker, chance.millis(200, 2000));
    }

    private void sluggish(Worker worker, long time) {
        world.trace().note(worker, "writes slowly for", time / 1_000_000, "ms");
        worker.host().sluggish(true);
        worker.host().disturbed();
        later(time, () -> {
            worker.host().sluggish(false);
            worker.host().calm();
        });
    }

    /** In a storm everybody writes slowly from the beginning. */
    void started(Worker worker) {
        long left = world.settings().faultyFor() - world.scheduler().now();
        if (world.settings().storm() && left > 0) {
            sluggish(worker, left);
        }
    }

    private void stall(Worker worker) {
        long time = chance.millis(200, 2200);
        world.trace().note(worker, "does not poll for", time / 1_000_000, "ms");
        worker.consumer().stall(time);
        worker.host().disturbed();
        later(time, worker.host()::calm);
    }

    /** Workers come and go quickly, so that members have several things to give up one after the other. */
    private void churn() {
        for (int i = 1 + chance.below(3); i > 0; i--) {
            later(chance.millis(0, 500), () -> {
                Worker more = world.start();
                if (chance.oneIn(3)) {
                    later(chance.millis(100, 900), more::leave);
                }
            });
        }
    }

    private void closeSome() {
        world.outbox().accounts().forEach(account -> {
            if (chance.oneIn(2)) {
                world.whatsApp().close(account, CODES[chance.below(CODES.length)]);
            }
        });
    }
}
