package io.wafleet.cli.bench;

import java.util.Collection;

/**
 * What one event did.
 *
 * @param run from 1
 * @param worker that was struck, or joined
 * @param affectedAccounts on partitions that had to move
 * @param movedPartitions that had to move
 * @param firstAccountBackMs event to the first affected account connected again
 * @param lastAccountBackMs event to the last one
 * @param longestGapMs the longest that any account was without a connection
 * @param medianGapMs of the disturbed accounts' longest gaps
 * @param firstClaimMs event to the first claim that readers saw
 * @param lastClaimMs event to the last claim of a partition that had to move
 * @param floorMs what bare consumers needed for their last partition that had to move
 * @param floorGapMs the longest that one of these had no owner
 * @param lostAccounts not connected again in time
 * @param disturbedAccounts of which a connection ended
 * @param disturbedNeedlessly of them on partitions that had no need to move
 * @param doubleConnections moments with two live connections of one account
 * @param formerOwnerActs of them with an act of the older one
 * @param formerOwnerWritesAccepted records under an epoch older than one before them
 */
record FailoverRun(int run, String worker, int affectedAccounts, int movedPartitions, long firstAccountBackMs,
        long lastAccountBackMs, long longestGapMs, long medianGapMs, long firstClaimMs, long lastClaimMs, long floorMs,
        long floorGapMs, int lostAccounts, int disturbedAccounts, int disturbedNeedlessly, long doubleConnections,
        long formerOwnerActs, long formerOwnerWritesAccepted) {

    static long max(Collection<Long> values) {
        return values.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    static long min(Collection<Long> values) {
        return values.stream().mapToLong(Long::longValue).min().orElse(0);
    }
}
