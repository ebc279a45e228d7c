package io.wafleet.cli.torture;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to torture.
 *
 * @param accounts linked before, which then write to each other
 * @param workers at most so many run
 * @param rounds how often something is struck
 * @param seed of all choices; the fleet's own timing is not repeated by it
 * @param session of all processes
 * @param directory for data and logs, kept; without one they go to a temporary folder, which stays only after a failure
 */
public record TortureOptions(int accounts, int workers, int rounds, long seed, Duration session, int partitions,
        Optional<Path> directory) {}
