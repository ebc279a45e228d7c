package io.wafleet.gateway.view;

import io.wafleet.contract.Epoch;
import io.wafleet.contract.WorkerHeartbeat;
import io.wafleet.contract.WorkerId;
import java.time.Duration;
import java.time.Instant;
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

    private static WorkerHeartbeat beat(WorkerId worker, Map<Integer, Epoch> partitions) {
        return new WorkerHeartbeat(worker, "i", "1", 1, partitions, 0, 0, Duration.ofNanos(LEASE).toMillis(),
                Instant.EPOCH, Instant.EPOCH);
    }

    @Test
    void knowsNoOwnerAtFirst() {
        assertThat(view.of(0, START + 1)).isEqualTo(new Ownership.None(START));
    }

    @Test
    void takesAClaimForAliveOnlyOnceItsHeartbeatArrives() {
        view.claimed(0, FIRST, A);
        assertThat(view.of(0, START)).isInstanceOf(Ownership.None.class);
        view.heartbeat(beat(A, Map.of(0, FIRST)), true, START);
        assertThat(view.of(0, START + LEASE)).isEqualTo(new Ownership.Live(A, FIRST));
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
        view.claimed(0, SECOND, B);
        view.heartbeat(beat(A, Map.of(0, FIRST)), true, START + 1);
        assertThat(view.of(0, START + 2)).isInstanceOf(Ownership.None.class);
        view.heartbeat(beat(B, Map.of(0, SECOND)), true, START + 3);
        assertThat(view.of(0, START + 4)).isEqualTo(new Ownership.Live(B, SECOND));
    }

    @Test
    void anOlderClaimReadLateChangesNothing() {
        view.heartbeat(beat(B, Map.of(0, SECOND)), true, START);
        view.claimed(0, FIRST, A);
        assertThat(view.of(0, START)).isEqualTo(new Ownership.Live(B, SECOND));
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
}
