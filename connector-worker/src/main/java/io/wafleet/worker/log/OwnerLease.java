package io.wafleet.worker.log;

import java.time.Duration;

/** Whether this worker may act now. Thread-safe; asked at each outside action. */
public interface OwnerLease {
    boolean isHeld();

    /** How long it still lasts; zero when it is over. */
    Duration left();
}
