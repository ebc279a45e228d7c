package io.wafleet.worker.simulation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Watches how long partitions have nobody who acts for them. Time in which the broker is down does not count. */
final class Ownerless {
    /**
     * With somebody healthy there: until the group notices that an owner is gone and hands the partition on, perhaps to one that fails
     * as well.
     */
    private static final long BOUND = 5 * WorldSettings.SECOND;
    /** Once a healthy worker has it: the takeover, with a lease to wait for and some failed steps; less than a hung transaction. */
    private static final long TAKEOVER_BOUND = 2 * WorldSettings.SECOND;

    private final World world;
    private final long[] since;
    private final long[] heldSince;
    private final @Nullable Worker[] holders;

    Ownerless(World world) {
        this.world = world;
        int partitions = world.settings().partitions();
        this.since = new long[partitions];
        this.heldSince = new long[partitions];
        this.holders = new Worker[partitions];
        Arrays.fill(since, -1);
    }

    void look() {
        long now = world.scheduler().now();
        long healthy = Long.MAX_VALUE;
        for (Worker worker : world.workers()) {
            if (isHealthy(worker)) {
                healthy = Math.min(healthy, worker.host().healthySince());
            }
        }
        for (int p = 0; p < since.length; p++) {
            boolean owned = world.promises().isOwned(p);
            look(p, now, healthy, owned);
            takeover(p, now, owned);
        }
    }

    private void look(int p, long now, long healthy, boolean owned) {
        if (owned || healthy == Long.MAX_VALUE || world.network().isDown()) {
            since[p] = -1;
            return;
        }
        since[p] = since[p] < 0 ? now : Math.max(since[p], healthy);
        if (now - since[p] > BOUND) {
            world.violated("partition " + p + " had no owner for " + (now - since[p]) / 1_000_000 + " ms");
        }
    }

    private void takeover(int p, long now, boolean owned) {
        Worker holder = holder(p);
        if (owned || holder == null || holder != holders[p] || !isHealthy(holder) || world.network().isDown()) {
            holders[p] = holder;
            heldSince[p] = now;
            return;
        }
        long took = now - Math.max(heldSince[p], holder.host().healthySince());
        if (took > TAKEOVER_BOUND) {
            world.violated(holder + " has not taken partition " + p + " over for " + took / 1_000_000 + " ms");
        }
    }

    private @Nullable Worker holder(int partition) {
        String member = world.broker().group().holder(partition);
        for (Worker worker : world.workers()) {
            if (worker.member().equals(member)) {
                return worker;
            }
        }
        return null;
    }

    private static boolean isHealthy(Worker worker) {
        return worker.host().isHealthy() && !worker.isLeaving();
    }
}
