package io.wafleet.outbox.kafka;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the outbox runs on Kafka Streams.
 *
 * @param stateDir where stores are kept; of one process only
 * @param commitInterval how long a transaction collects
 * @param threads stream threads
 * @param standbys copies of each store at other instances, when there are any
 * @param memoryMegabytes what all stores on disk may hold in memory together
 */
public record StreamsOptions(Path stateDir, Duration commitInterval, int threads, int standbys,
        int memoryMegabytes) {}
