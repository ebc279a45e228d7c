package io.wafleet.cli.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What to measure.
 *
 * @param idle how long the fleet is watched doing nothing
 * @param directory for data and logs, kept; without one they go to a temporary folder, which stays only after a failure
 */
public record ScaleOptions(int accounts, int workers, int partitions, Duration idle, Optional<Path> directory) {}
