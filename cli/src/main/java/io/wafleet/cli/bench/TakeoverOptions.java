package io.wafleet.cli.bench;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What to measure.
 *
 * @param accounts all of one partition
 * @param credentialsKb of each account
 * @param credentialParts records that these are spread over
 * @param directory for data and logs, kept; without one they go to a temporary folder, which stays only after a failure
 */
public record TakeoverOptions(int accounts, int credentialsKb, int credentialParts, int runs,
        Optional<Path> directory) {}
