package io.wafleet.gateway.view;

import io.wafleet.contract.Epoch;
import io.wafleet.contract.WorkerHeartbeat;
import io.wafleet.contract.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class OwnershipViewTest {
    private static final WorkerId A = new WorkerId("a");
    private static final WorkerId B = new WorkerId("b");
    private static final Epoch FIRST = new Epoch(10);
    private static final Epoch SECOND = new Epoch(11);
    private static final long LEASE = Duration.ofSeconds(5).toNanos();
    /** A monotonic clock may begin anywhere, and overflow. */
    private static final long START = Long.MAX_VALUE - LEASE / 2;

    private final OwnershipView view = new OwnershipView(START);

    private long sequence;

    /** The next heartbeat of the worker's only process. */
    private WorkerHeartbeat beat(WorkerId worker, Map<Integer, Epoch> partitions) {
        return beat(worker, "of " + worker, ++sequence, partitions);
    }

    private static WorkerHeartbeat beat(WorkerId worker, String incarnation, long sequence,
            Map<Integer, Epoch> partitions) {
        return new WorkerHeartbeat(worker, incarnation, "1", sequence, partitions, 0, 0,
                Duration.ofNanos(LEASE).toMillis(), Instant.EPOCH, Instant.EPOCH);
    }

    @Test
    void knowsNoOwnerAtFirst() {
        assertThat(view.of(0, START + 1)).isEqualTo(new Ownership.None(START));
    }

    @Test
    void takesAClaimForAliveOnlyOnceItsHeartbeatArrives() {
        view.claimed(0, FIRST, A, START);
        assertThat(view.of(0, START)).isInstanceOf(Ownership.None.class);
        view.heartbeat(beat(A, Map.of(0, FIRST)), true, START);
        assertThat(view.of(0, START + LEASE)).isEqualTo(new Ownership.Live(A, FIRST, START));
    }

    @Test
    void endsWithTheLeaseAndSaysSinceWhen() {
        view.heartbeat(beat(A, Map.of(0, FIRST)), true, START);
        assertThat(view.of(0, START + LEASE + 1)).isEqualTo(new Ownership.None(START + LEASE));
    }

    @Test
    void neverTakesAReplayedHeartbeatForASignOfLife() {
        view.heartbeat(beat(A, Map.of(0, FIRST)), false, START);
        assertThat(view.of(0, START)).isInstanceOf(Ownership.None.class);
        assertThat(view.workers(START).getFirst().ageNanos()).isEmpty();
        assertThat(view.workers(START).getFirst().alive()).isFalse();
    }

    @Test
    void aNewerClaimEndsTheOldOwnerHoweverItBeats() {
        view.heartbeat(beat(A, Map.of(0, FIRST)), true, START);
        view.claimed(0, SECOND, B, START);
        view.heartbeat(beat(A, Map.of(0, FIRST)), true, START + 1);
        assertThat(view.of(0, START + 2)).isInstanceOf(Ownership.None.class);
        view.heartbeat(beat(B, Map.of(0, SECOND)), true, START + 3);
        assertThat(view.of(0, START + 4)).isEqualTo(new Ownership.Live(B, SECOND, START));
    }

    @Test
    void anOlderClaimReadLateChangesNothing() {
        view.heartbeat(beat(B, Map.of(0, SECOND)), true, START);
        view.claimed(0, FIRST, A, START);
        assertThat(view.of(0, START)).isEqualTo(new Ownership.Live(B, SECOND, START));
    }

    @Test
    void aReleaseEndsOwnershipAtOnce() {
        view.heartbeat(beat(A, Map.of(0, FIRST, 1, FIRST)), true, START);
        view.released(0, FIRST, A, START + 5);
        assertThat(view.of(0, START + 6)).isEqualTo(new Ownership.None(START + 5));
        assertThat(view.of(1, START + 6)).isInstanceOf(Ownership.Live.class);
    }

    @Test
    void aReleaseOfAnOlderEpochChangesNothing() {
        view.heartbeat(beat(B, Map.of(0, SECOND)), true, START);
        view.released(0, FIRST, A, START + 5);
        assertThat(view.of(0, START + 6)).isInstanceOf(Ownership.Live.class);
    }

    @Test
    void aWorkerThatSaysGoodByeHoldsNothing() {
        view.heartbeat(beat(A, Map.of(0, FIRST)), true, START);
        view.exited(A, START + 5);
        assertThat(view.of(0, START + 6)).isEqualTo(new Ownership.None(START + 5));
        assertThat(view.workers(START + 6)).isEmpty();
    }

    @Test
    void aWorkerThatNoLongerListsAPartitionDoesNotOwnIt() {
        view.heartbeat(beat(A, Map.of(0, FIRST)), true, START);
        view.heartbeat(beat(A, Map.of()), true, START + 1);
        assertThat(view.of(0, START + 2)).isInstanceOf(Ownership.None.class);
    }

    @Test
    void aHeartbeatWhoseSequenceDoesNotGrowSaysNothing() {
        view.heartbeat(beat(A, "i", 7, Map.of(0, FIRST)), true, START);
        view.heartbeat(beat(A, "i", 7, Map.of(0, FIRST)), true, START + LEASE);
        view.heartbeat(beat(A, "i", 6, Map.of(0, FIRST, 1, FIRST)), true, START + LEASE);
        assertThat(view.of(0, START + LEASE + 1)).isEqualTo(new Ownership.None(START + LEASE));
        assertThat(view.of(1, START + LEASE)).isInstanceOf(Ownership.None.class);
        view.heartbeat(beat(A, "i", 8, Map.of(0, FIRST)), true, START + LEASE + 2);
        assertThat(view.of(0, START + LEASE + 3)).isInstanceOf(Ownership.Live.class);
    }

    @Test
    void readingEverythingAgainFromTheBeginningRevivesNobody() {
        view.heartbeat(beat(A, "i", 1, Map.of(0, FIRST)), true, START);
        view.heartbeat(beat(A, "i", 2, Map.of(0, FIRST)), true, START + 1);
        long later = START + 3 * LEASE;
        view.heartbeat(beat(A, "i", 1, Map.of(0, FIRST)), true, later);
        view.heartbeat(beat(A, "i", 2, Map.of(0, FIRST)), true, later);
        assertThat(view.of(0, later)).isEqualTo(new Ownership.None(START + 1 + LEASE));
        assertThat(view.workers(later).getFirst().alive()).isFalse();
    }

    @Test
    void anEpochIsBoundToTheProcessThatToldItFirst() {
        view.heartbeat(beat(A, "first", 9, Map.of(0, FIRST)), false, START);
        view.heartbeat(beat(A, "second", 1, Map.of(0, FIRST)), true, START + 1);
        assertThat(view.of(0, START + 2)).isInstanceOf(Ownership.None.class);
        assertThat(view.workers(START + 2).getFirst().alive()).as("the process itself lives").isTrue();
    }

    @Test
    void aRestartedWorkerOwnsWhatItClaimsAnewAndNothingOfItsFormerLife() {
        view.heartbeat(beat(A, "first", 9, Map.of(0, FIRST, 1, FIRST)), true, START);
        view.heartbeat(beat(A, "second", 1, Map.of(0, SECOND)), true, START + 1);
        assertThat(view.of(0, START + 2)).isEqualTo(new Ownership.Live(A, SECOND, START + 1));
        assertThat(view.of(1, START + 2)).isInstanceOf(Ownership.None.class);
    }

    @Test
    void aLateGoodByeOfAFormerProcessDoesNotSilenceTheNextOneForGood() {
        view.heartbeat(beat(A, "second", 1, Map.of(0, FIRST)), true, START);
        view.exited(A, START + 1);
        assertThat(view.of(0, START + 2)).isEqualTo(new Ownership.None(START + 1));
        view.heartbeat(beat(A, "second", 2, Map.of(0, FIRST)), true, START + 3);
        assertThat(view.of(0, START + 4)).isInstanceOf(Ownership.Live.class);
    }

    @Test
    void aHeartbeatThatMayBeOldNeitherEndsNorProlongsALife() {
        view.heartbeat(beat(A, "i", 1, Map.of(0, FIRST)), true, START);
        view.heartbeat(beat(A, "i", 2, Map.of(0, FIRST)), false, START + LEASE);
        assertThat(view.of(0, START + LEASE)).isInstanceOf(Ownership.Live.class);
        assertThat(view.of(0, START + LEASE + 1)).isInstanceOf(Ownership.None.class);
    }

    @Test
    void theTimesThatAHeartbeatTellsMeanNothing() {
        for (Duration off : List.of(Duration.ofDays(-365), Duration.ofMinutes(-10), Duration.ofMinutes(10),
                Duration.ofDays(365))) {
            OwnershipView each = new OwnershipView(START);
            Instant shifted = Instant.parse("2026-01-01T00:00:00Z").plus(off);
            each.heartbeat(new WorkerHeartbeat(A, "i", "1", 1, Map.of(0, FIRST), 0, 0,
                    Duration.ofNanos(LEASE).toMillis(), shifted, shifted), true, START);
            assertThat(each.of(0, START + LEASE)).isEqualTo(new Ownership.Live(A, FIRST, START));
            assertThat(each.of(0, START + LEASE + 1)).isEqualTo(new Ownership.None(START + LEASE));
        }
    }
}
