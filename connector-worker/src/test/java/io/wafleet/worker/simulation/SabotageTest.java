package io.wafleet.worker.simulation;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Takes one guard away at a time: the simulation must notice. Each says which interleaving the guard is the answer to. */
final class SabotageTest {

    /**
     * A worker is assigned a partition, reads the journal, and its machine is suspended for longer than its session, clock and all: its
     * lease is not over when it goes on. Another owns the partition by now, and would be fenced before anybody told the sleeper that
     * it lost. (Where the clock runs on, the lease answers this too.)
     */
    @Test
    void noticesThatNobodyProvesOwnership() {
        assertIsNoticed(Sabotage.NO_PROOF);
    }

    /**
     * An owner dies or sleeps with a transaction open. Its successor cannot read the journal to the end before the broker rolls that
     * back by itself, which takes as long as ten seconds.
     */
    @Test
    void noticesThatNobodyIsFenced() {
        assertIsNoticed(Sabotage.NO_FENCE);
    }

    /**
     * A worker claims a partition, its records are slow, and the partition is revoked from it together with another. It gives both up,
     * and must give up a third: so it keeps its epoch, with which positions are accepted for any partition. The next owner reads
     * the journal, finds no claim, and claims. Then the slow records arrive, their position is accepted, and the claim is committed.
     */
    @Test
    void noticesThatAPartitionIsLetGoWithATransactionOpen() {
        assertIsNoticed(Sabotage.NO_BARRIER);
    }

    /** An owner is cut off or sleeps, and goes on connecting, sending and acking after the group gave its partitions away. */
    @Test
    void noticesThatTheLeaseIsNeverOver() {
        assertIsNoticed(Sabotage.NO_LEASE);
    }

    /**
     * A claimant's position is accepted while its records are still on their way; then it sleeps. Its successor finds no claim to
     * fence. The sleeper wakes, and its records and its commit are accepted after the successor's claim.
     */
    @Test
    void noticesThatPositionsDoNotWaitForTheRecords() {
        assertIsNoticed(Sabotage.POSITION_FIRST);
    }

    private static void assertIsNoticed(Sabotage sabotage) {
        assertThat(Seeds.firstBroken(1, Seeds.USUAL, sabotage)).as("a seed that notices %s", sabotage).isPresent();
    }
}
