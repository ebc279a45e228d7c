package io.wafleet.outbox.core;

import io.wafleet.contract.Epoch;
import io.wafleet.contract.WorkerHeartbeat;
import io.wafleet.contract.WorkerId;
import io.wafleet.outbox.core.OwnerWatch.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OwnerWatchTest {
    private static final Epoch ONE = new Epoch(1);
    private static final Epoch TWO = new Epoch(2);

    private final OwnerWatch watch = new OwnerWatch(Duration.ofSeconds(5));
    private long nowMillis;
    private long sequence;

    @Test
    void knowsNothingBeforeEverythingIsRead() {
        watch.heard(beat(ONE), 0);
        assertThat(verdict(ONE)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void heartbeatsOfThePastDoNotCount() {
        watch.heard(beat(ONE), 0);
        read();
        assertThat(verdict(ONE)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void anOwnerThatBeatsLives() {
        read();
        beatNow(ONE);
        passReading(4_900);
        assertThat(verdict(ONE)).isEqualTo(Verdict.LIVES);
    }

    @Test
    void anOwnerThatStopsIsSilentAfterItsLease() {
        read();
        beatNow(ONE);
        passReading(5_100);
        assertThat(verdict(ONE)).isEqualTo(Verdict.SILENT);
    }

    @Test
    void aClaimHasALeaseOfTimeForItsFirstHeartbeat() {
        passReading(60_000);
        long seen = nanos();
        passReading(4_900);
        assertThat(watch.of(0, TWO, seen)).isEqualTo(Verdict.UNKNOWN);
        passReading(200);
        assertThat(watch.of(0, TWO, seen)).isEqualTo(Verdict.SILENT);
    }

    @Test
    void aHeartbeatOfAnotherClaimDoesNotCount() {
        read();
        for (int i = 0; i < 10; i++) {
            beatNow(ONE);
            passReading(1000);
        }
        assertThat(verdict(TWO)).isEqualTo(Verdict.SILENT);
        beatNow(TWO);
        beatNow(ONE);
        assertThat(verdict(TWO)).isEqualTo(Verdict.LIVES);
    }

    @Test
    void nobodyIsCalledDeadWhileTheReaderIsBlind() {
        read();
        beatNow(ONE);
        nowMillis += 60_000;
        assertThat(verdict(ONE)).isNotEqualTo(Verdict.SILENT);
        read();
        assertThat(verdict(ONE)).isEqualTo(Verdict.UNKNOWN);
        passReading(5_100);
        assertThat(verdict(ONE)).isEqualTo(Verdict.SILENT);
    }

    @Test
    void aReaderThatBeginsAnewTakesNoReplayForLifeAndNoSilenceForDeath() {
        read();
        watch.heard(beat("i", 8, ONE, 5000, Instant.EPOCH), nanos());
        passReading(6_000);
        assertThat(verdict(ONE)).isEqualTo(Verdict.SILENT);
        watch.begin();
        watch.heard(beat("i", 7, ONE, 5000, Instant.EPOCH), nanos());
        watch.heard(beat("i", 8, ONE, 5000, Instant.EPOCH), nanos());
        watch.heard(beat("i", 9, ONE, 5000, Instant.EPOCH), nanos());
        assertThat(verdict(ONE)).isEqualTo(Verdict.UNKNOWN);
        passReading(4_900);
        assertThat(verdict(ONE)).as("it may still be heard").isEqualTo(Verdict.UNKNOWN);
        passReading(300);
        assertThat(verdict(ONE)).isEqualTo(Verdict.SILENT);
    }

    @Test
    void aHeartbeatThatIsReadLateIsNoSignOfLife() {
        read();
        nowMillis += 2_600;
        beatNow(ONE);
        passReading(100);
        assertThat(verdict(ONE)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aHeartbeatWhoseSequenceDoesNotGrowIsNoSignOfLife() {
        read();
        for (int i = 0; i < 60; i++) {
            watch.heard(beat("i", 7, ONE, 5000, Instant.EPOCH), nanos());
            passReading(100);
        }
        assertThat(verdict(ONE)).isEqualTo(Verdict.SILENT);
        watch.heard(beat("i", 8, ONE, 5000, Instant.EPOCH), nanos());
        assertThat(verdict(ONE)).isEqualTo(Verdict.LIVES);
    }

    @Test
    void aHeartbeatSaysItselfHowLongItCounts() {
        watch.heard(beat("i", 1, ONE, 20_000, Instant.EPOCH), nanos());
        passReading(19_000);
        assertThat(verdict(ONE)).as("read of, so it has its own lease for the next one").isEqualTo(Verdict.UNKNOWN);
        watch.heard(beat("i", 2, ONE, 20_000, Instant.EPOCH), nanos());
        passReading(19_900);
        assertThat(verdict(ONE)).isEqualTo(Verdict.LIVES);
        passReading(200);
        assertThat(verdict(ONE)).isEqualTo(Verdict.SILENT);
    }

    @Test
    void theTimesThatAHeartbeatTellsMeanNothing() {
        read();
        watch.heard(beat("i", 1, ONE, 5000, Instant.parse("2036-01-01T00:00:00Z")), nanos());
        passReading(5_100);
        assertThat(verdict(ONE)).isEqualTo(Verdict.SILENT);
        watch.heard(beat("i", 2, ONE, 5000, Instant.EPOCH), nanos());
        assertThat(verdict(ONE)).isEqualTo(Verdict.LIVES);
    }

    private Verdict verdict(Epoch epoch) {
        return watch.of(0, epoch, 0);
    }

    private void beatNow(Epoch epoch) {
        watch.heard(beat(epoch), nanos());
    }

    private void passReading(long millis) {
        for (long i = 0; i < millis; i += 100) {
            nowMillis += 100;
            read();
        }
    }

    private void read() {
        watch.readEverything(nanos());
    }

    private long nanos() {
        return Duration.ofMillis(nowMillis).toNanos();
    }

    private WorkerHeartbeat beat(Epoch epoch) {
        return beat("i", ++sequence, epoch, 5000, Instant.EPOCH);
    }

    private static WorkerHeartbeat beat(String incarnation, long sequence, Epoch epoch, long leaseMs, Instant at) {
        return new WorkerHeartbeat(new WorkerId("w"), incarnation, "v", sequence, Map.of(0, epoch), 0, 0, leaseMs, at,
                at);
    }
}
