package io.wafleet.worker.simulation;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the broker, and their answers. Each way takes its time, so requests overtake each other; while the broker is down or
 * the process cut off they are lost and sent again, so the broker may see one twice and must answer alike.
 */
final class Network {
    private static final long RECONNECT = 30_000_000;
    private static final long AGAIN_SOON = 5_000_000;

    private final Scheduler scheduler;
    private final Chance chance;
    private Consumer<Host> ambush = _ -> {
    };
    private boolean down;
    private int restarts;
    private long upSince;

    Network(Scheduler scheduler, Chance chance) {
        this.scheduler = scheduler;
        this.chance = chance;
    }

    /** Lets something happen to a process right before it asks, or right after it was heard. */
    void ambush(Consumer<Host> by) {
        ambush = by;
    }

    /** Something is about to happen that an ambush could hit. */
    void pass(Host host) {
        ambush.accept(host);
    }

    boolean isDown() {
        return down;
    }

    long upSince() {
        return upSince;
    }

    /** Whatever the broker was about to answer is lost with its connections. */
    void down() {
        down = true;
        restarts++;
    }

    void up() {
        down = false;
        upSince = scheduler.now();
    }

    /**
     * A request.
     *
     * @param slowness how long it takes to get to the broker beyond the usual
     * @param patience how long it is tried
     * @param atBroker what the broker does; null: ask again soon
     */
    <T> void call(Host host, long slowness, long patience, Supplier<@Nullable T> atBroker, Consumer<T> answered,
            Runnable gaveUp) {
        ambush.accept(host);
        host.after(0, new Call<T>(host, slowness, scheduler.now() + patience, () -> {
            T answer = atBroker.get();
            ambush.accept(host);
            return answer;
        }, answered, gaveUp)::send);
    }

    /** A heartbeat; there are too many to lie in wait for. */
    <T> void beat(Host host, long patience, Supplier<@Nullable T> atBroker, Consumer<T> answered, Runnable gaveUp) {
        new Call<T>(host, 0, scheduler.now() + patience, atBroker, answered, gaveUp).send();
    }

    private final class Call<T> {
        private final Host host;
        private final long slowness;
        private final long deadline;
        private final Supplier<@Nullable T> atBroker;
        private final Consumer<T> answered;
        private final Runnable gaveUp;

        Call(Host host, long slowness, long deadline, Supplier<@Nullable T> atBroker, Consumer<T> answered,
                Runnable gaveUp) {
            this.host = host;
            this.slowness = slowness;
            this.deadline = deadline;
            this.atBroker = atBroker;
            this.answered = answered;
            this.gaveUp = gaveUp;
        }

        void send() {
            if (scheduler.now() - deadline >= 0) {
                gaveUp.run();
            } else if (isCut()) {
                sendAgain(RECONNECT);
            } else {
                scheduler.after(chance.way() + slowness, this::arrive);
            }
        }

        private void sendAgain(long delay) {
            host.after(delay, this::send);
        }

        private void arrive() {
            if (isCut()) {
                sendAgain(RECONNECT);
                return;
            }
            T answer = atBroker.get();
            int seen = restarts;
            if (answer == null) {
                sendAgain(AGAIN_SOON);
            } else {
                host.after(chance.way(), () -> {
                    if (isCut() || seen != restarts) {
                        sendAgain(RECONNECT);
                    } else {
                        answered.accept(answer);
                    }
                });
            }
        }

        private boolean isCut() {
            return down || host.isCutOff();
        }
    }
}
