package io.wafleet.outbox.kafka;

import io.wafleet.outbox.core.OutboxMachine;
import io.wafleet.outbox.core.OwnerWatch;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What all partitions of a process share.
 *
 * @param partitions of the fleet
 * @param watchEvery how often a partition asks whether its owner lives
 * @param nanoTime the monotonic clock
 * @param commits of the stream thread that asks
 * @param backlog of the stream thread that asks
 */
record Parts(OutboxMachine machine, int partitions, Inbox inbox, Letters letters, OwnerWatch owners,
        Duration watchEvery,
        OutboxMetrics metrics, LongSupplier nanoTime, ThreadLocal<Commits> commits, ThreadLocal<Backlog> backlog) {}
