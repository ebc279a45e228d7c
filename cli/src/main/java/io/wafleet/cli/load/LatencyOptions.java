package io.wafleet.cli.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What to measure.
 *
 * @param ratesPerSecond of messages, one after the other
 * @param time how long each rate lasts
 * @param warmUp how long messages are sent before anything counts
 * @param directory for data and logs, kept; without one they go to a temporary folder, which stays only after a failure
 */
public record LatencyOptions(int accounts, int workers, int partitions, Duration warmUp, List<Integer> ratesPerSecond,
        Duration time,
        Optional<Path> directory) {}
