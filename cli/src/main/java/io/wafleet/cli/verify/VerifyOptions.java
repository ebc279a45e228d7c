package io.wafleet.cli.verify;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How to verify a fleet of its own.
 *
 * @param realTime with the timers that a fleet has by default, however long that takes
 * @param directory for data and logs
 */
public record VerifyOptions(boolean realTime, Optional<Path> directory) {}
