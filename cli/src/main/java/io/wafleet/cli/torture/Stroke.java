package io.wafleet.cli.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** What is done to a process. */
sealed interface Stroke {
    /** SIGKILL. */
    record Kill(String process) implements Stroke {
        @Override
        public String toString() {
            return "kill -9 " + process;
        }
    }

    /** SIGTERM. */
    record End(String process) implements Stroke {
        @Override
        public String toString() {
            return "SIGTERM to " + process;
        }
    }

    /** SIGSTOP. */
    record Freeze(String process) implements Stroke {
        @Override
        public String toString() {
            return "SIGSTOP to " + process;
        }
    }

    /** SIGCONT. */
    record Wake(String process) implements Stroke {
        @Override
        public String toString() {
            return "SIGCONT to " + process;
        }
    }

    /** Starts it, or a new worker in place of one that is gone. */
    record Start(String process) implements Stroke {
        @Override
        public String toString() {
            return "start " + process;
        }
    }

    /**
     * Chooses strokes by a seed, and knows what they leave standing. Never are all workers down or frozen at once. Pure but for its own
     * memory; one thread.
     */
    final class Dice {
        private static final String OUTBOX = "outbox";
        private static final String GATEWAY = "gateway";
        private static final double RECOVERY = 0.6;

        private final Random random;
        private final int workers;
        private final Set<String> awake = new TreeSet<>();
        private final Set<String> frozen = new TreeSet<>();
        private final Set<String> down = new TreeSet<>();
        private int named;

        Dice(long seed, int workers) {
            this.random = new Random(seed);
            this.workers = workers;
            while (named < workers) {
                awake.add("worker-" + ++named);
            }
        }

        /** The next process to strike, and how. */
        Stroke strike() {
            List<String> targets = new ArrayList<>();
            if (awake.size() > 1) {
                // Twice: the workers are what it is about.
                targets.addAll(awake);
                targets.addAll(awake);
            }
            List.of(OUTBOX, GATEWAY).stream().filter(p -> !down.contains(p)).forEach(targets::add);
            if (targets.isEmpty()) {
                return start(down.iterator().next());
            }
            String target = targets.get(random.nextInt(targets.size()));
            boolean isWorker = awake.remove(target);
            double chance = random.nextDouble();
            if (isWorker && chance < 0.25) {
                frozen.add(target);
                return new Freeze(target);
            }
            if (!isWorker) {
                down.add(target);
            }
            return chance < 0.75 ? new Kill(target) : new End(target);
        }

        /** What comes back before the next stroke; all of it, when told so. */
        List<Stroke> recover(boolean all) {
            List<Stroke> strokes = new ArrayList<>();
            for (String one : List.copyOf(frozen)) {
                if (all || random.nextDouble() < RECOVERY) {
                    frozen.remove(one);
                    awake.add(one);
                    strokes.add(new Wake(one));
                }
            }
            for (String one : List.copyOf(down)) {
                if (all || random.nextDouble() < RECOVERY) {
                    strokes.add(start(one));
                }
            }
            while (awake.size() + frozen.size() < workers && (all || random.nextDouble() < RECOVERY)) {
                String worker = "worker-" + ++named;
                awake.add(worker);
                strokes.add(new Start(worker));
            }
            return strokes;
        }

        private Stroke start(String process) {
            down.remove(process);
            return new Start(process);
        }

        /** A pause in milliseconds, before something more happens. */
        long pauseMs(int min, int max) {
            return random.nextInt(min, max);
        }
    }
}
