package io.wafleet.contract;

import java.time.Duration;

/**
 * How fast an account sends: so many messages at once after a pause, then one an interval.
 *
 * @param burst 1 to 100,000 messages
 * @param intervalMs 1 ms to 1 h until one more may go
 */
public record Pacing(int burst, long intervalMs) {
    public static final int MAX_BURST = 100_000;
    public static final Duration MAX_INTERVAL = Duration.ofHours(1);

    public Pacing {
        if (burst < 1 || burst > MAX_BURST) {
            throw new IllegalArgumentException("burst must be 1 to " + MAX_BURST);
        }
        if (intervalMs < 1 || intervalMs > MAX_INTERVAL.toMillis()) {
            throw new IllegalArgumentException("intervalMs must be 1 to " + MAX_INTERVAL.toMillis());
        }
    }
}
