package io.wafleet.cli.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What to measure.
 *
 * @param accounts linked and connected before the first run
 * @param workers that run between the events
 * @param session of workers, gateway and outbox
 * @param directory for data and logs, kept; without one they go to a temporary folder, which stays only after a failure
 */
public record FailoverOptions(FailoverKind kind, int accounts, int workers, int runs, Duration session,
        int partitions, Optional<Path> directory) {}
