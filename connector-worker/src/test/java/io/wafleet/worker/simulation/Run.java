package io.wafleet.worker.simulation;

public final class Run {
    private Run() {}

    public static void main(String[] args) {
        ((ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger("io.wafleet"))
                .setLevel(ch.qos.logback.classic.Level.OFF);
        long first = Long.parseLong(args[0]);
        int seeds = Integer.parseInt(args[1]);
        Sabotage sabotage = Sabotage.valueOf(args[2]);
        int lines = args.length > 3 ? Integer.parseInt(args[3]) : 60;
        int stopAt = args.length > 4 ? Integer.parseInt(args[4]) : 1;
        long begun = System.nanoTime();
        int failed = 0;
        long steps = 0;
        long virtual = 0;
        java.util.TreeMap<Long, Integer> ownerless = new java.util.TreeMap<>();
        java.util.TreeMap<Long, Integer> takeover = new java.util.TreeMap<>();
        java.util.TreeMap<Long, Integer> settle = new java.util.TreeMap<>();
        for (long seed = first; seed < first + seeds; seed++) {
            World world = new World(seed, sabotage, 0);
            String violation = world.run();
            steps += world.scheduler().steps();
            virtual += world.scheduler().now();
            takeover.merge(world.longestTakeover() / 250_000_000, 1, Integer::sum);
            settle.merge(world.settledAfter() / 500_000_000, 1, Integer::sum);
            if (world.longestTakeover() > 1_700_000_000L || world.settledAfter() > 5_000_000_000L) {
                System.out.println("long " + seed + " " + world.longestTakeover() / 1_000_000 + " "
                        + world.settledAfter() / 1_000_000);
            }
            ownerless.merge(world.longestOwnerless() / 250_000_000, 1, Integer::sum);
            if (violation != null) {
                failed++;
                System.out.println("seed " + seed + ": " + violation);
                if (lines > 0) {
                    World again = new World(seed, sabotage, lines);
                    again.run();
                    System.out.println(again.trace());
                }
                if (failed >= stopAt) {
                    break;
                }
            }
        }
        long ms = (System.nanoTime() - begun) / 1_000_000;
        System.out.println(seeds + " seeds, " + failed + " failed, " + ms + " ms, steps/seed " + steps / seeds
                + ", virtual s/seed " + virtual / seeds / 1e9 + " ownerless " + ownerless + " takeover " + takeover
                + " settle/500ms " + settle);
    }
}
