package io.wafleet.cli.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What to measure.
 *
 * @param time how long messages are accepted, after the warm-up
 * @param backlog messages that may be accepted and not yet sent; clients wait while there are more
 * @param warmUp how long messages are sent before anything counts
 * @param directory for data and logs, kept; without one they go to a temporary folder, which stays only after a failure
 */
public record ThroughputOptions(int accounts, int workers, int partitions, Duration warmUp, Duration time, int backlog,
        Optional<Path> directory) {}
