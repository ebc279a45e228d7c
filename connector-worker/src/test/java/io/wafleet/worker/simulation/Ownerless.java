package io.wafleet.worker.simulation;

import java.util.Arrays;

/** Watches how long partitions have no owner that can act, while there is somebody healthy who could be it. */
final class Ownerless {
    /** Until it is noticed, handed out, and taken over, with some failed steps in between. */
    private static final long BOUND = 6 * WorldSettings.SECOND;

    private final World world;
    private final long[] since;
    private long longest;

    Ownerless(World world) {
        this.world = world;
        this.since = new long[world.settings().partitions()];
        Arrays.fill(since, -1);
    }

    void look() {
        long now = world.scheduler().now();
        long healthy = Long.MAX_VALUE;
        for (Worker worker : world.workers()) {
            if (worker.host().isHealthy() && !worker.isLeaving()) {
                healthy = Math.min(healthy, worker.host().healthySince());
            }
        }
        for (int p = 0; p < since.length; p++) {
            boolean owned = world.promises().activeFor(p).stream().anyMatch(w -> w.host().isRunning());
            if (owned || healthy == Long.MAX_VALUE || world.network().isDown()) {
                since[p] = -1;
            } else {
                since[p] = since[p] < 0 ? now : Math.max(since[p], healthy);
                longest = Math.max(longest, now - since[p]);
                if (now - since[p] > BOUND) {
                    world.violated("partition " + p + " had no owner for " + (now - since[p]) / 1_000_000 + " ms");
                }
            }
        }
    }

    long longest() {
        return longest;
    }
}
