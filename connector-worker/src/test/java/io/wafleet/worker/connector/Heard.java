package io.wafleet.worker.connector;

import io.wafleet.worker.connector.ConnectionListener.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.awaitility.Awaitility.await;

/** A listener that remembers all it heard, in order. Thread-safe. */
public final class Heard implements ConnectionListener {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<Signal> signals = new ArrayList<>();

    @Override
    public synchronized void signal(Signal signal) {
        signals.add(signal);
    }

    public synchronized List<Signal> all() {
        return List.copyOf(signals);
    }

    public <S extends Signal> List<S> all(Class<S> type) {
        return all().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The first of this type; waits for it. */
    public <S extends Signal> S first(Class<S> type) {
        return nth(type, 1);
    }

    /** Waits until so many of this type were heard. */
    public <S extends Signal> S nth(Class<S> type, int n) {
        await("signal " + type.getSimpleName()).atMost(PATIENCE).pollInterval(Duration.ofMillis(5))
                .until(() -> all(type).size() >= n);
        return all(type).get(n - 1);
    }
}
