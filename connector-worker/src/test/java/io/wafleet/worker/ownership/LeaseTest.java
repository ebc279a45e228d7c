package io.wafleet.worker.ownership;

import io.wafleet.settings.Timings;
import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

final class LeaseTest {
    private static final Timings TIMINGS = new Timings(Duration.ofMillis(1000), Duration.ofMillis(200),
            Duration.ofMillis(50), Duration.ofSeconds(30));

    private final Lease lease = new Lease(TIMINGS, ms(0));
    private int answers;

    @Test
    void runsFromBeforeTheAnswerBeforeTheNewestOne() {
        answer(200);
        answer(400);
        answer(600);
        // Heartbeat 3 was sent after answer 2, which was seen at 400 and may have come right after 390.
        assertThat(lease.left(ms(601))).isEqualTo(ms(390 + 1000 - 50 - 601));
    }

    @Test
    void anAnswerThatStaysTheLastOneIsTrustedNoMore() {
        answer(200);
        answer(400);
        answer(600);
        // 1,001 is more than two intervals after answer 3: back to what answer 2 gave (190 + 950).
        assertThat(lease.isOver(ms(1139))).isFalse();
        assertThat(lease.isOver(ms(1140))).isTrue();
    }

    @Test
    void endsWhenTheMemberStopsPolling() {
        Lease slow = new Lease(
                new Timings(Duration.ofMillis(1000), Duration.ofMillis(200), Duration.ofMillis(50),
                        Duration.ofSeconds(2)),
                ms(0));
        slow.polled(ms(100));
        for (int i = 1; i <= 20; i++) {
            slow.sample(i - 1, ms(i * 200L - 10));
            slow.sample(i, ms(i * 200L));
        }
        assertThat(slow.isOver(ms(4001))).isTrue();
    }

    @Test
    void endsAtOnceWhenTheBrokerSaysThatAllIsLost() {
        answer(200);
        answer(400);
        lease.end(ms(410));
        assertThat(lease.isOver(ms(411))).isTrue();
        assertThat(lease.left(ms(411))).isZero();
    }

    @Test
    void aHeartbeatSentBeforeTheLapseDoesNotBringItBack() {
        answer(200);
        answer(400);
        lease.end(ms(410));
        // This one was sent after 390: before the lapse, for all we know.
        answer(600);
        assertThat(lease.isOver(ms(601))).isTrue();
    }

    @Test
    void aHeartbeatSentAfterTheLapseAndAnsweredBringsItBack() {
        answer(200);
        answer(400);
        lease.end(ms(410));
        answer(600);
        answer(800);
        assertThat(lease.isOver(ms(801))).isFalse();
    }

    @Test
    void aProcessThatWakesFromALongPauseFindsItOver() {
        answer(200);
        answer(400);
        assertThat(lease.isOver(ms(60_000))).isTrue();
        assertThat(lease.isOver(ms(410))).as("once over it stays over").isTrue();
    }

    static LongStream seeds() {
        return LongStream.range(0, 2000);
    }

    /** The broker's view, simulated: the lease must always be over before the session that the broker counts is. */
    @ParameterizedTest
    @MethodSource("seeds")
    void isOverBeforeTheBrokerCouldGiveThePartitionsAway(long seed) {
        Random random = new Random(seed);
        Lease tested = new Lease(TIMINGS, ms(0));
        long sent = 0;
        long brokerGot = 0;
        long now = 0;
        int count = 0;
        for (int heartbeat = 0; heartbeat < 30; heartbeat++) {
            sent = now + random.nextInt(50);
            brokerGot = sent + random.nextInt(20);
            long answered = brokerGot + random.nextInt(150);
            long sample = now;
            while (sample < answered) {
                tested.sample(count, ms(sample));
                tested.polled(ms(sample));
                sample += 1 + random.nextInt(15);
            }
            tested.sample(++count, ms(sample));
            now = sample;
        }
        assertThat(tested.isOver(ms(now))).as("seed %d: healthy until the silence", seed).isFalse();
        // Then silence: nothing reaches the broker any more.
        long givenAway = brokerGot + 1000;
        assertThat(tested.isOver(ms(givenAway))).as("seed %d", seed).isTrue();
    }

    private void answer(long atMs) {
        lease.polled(ms(atMs - 10));
        lease.sample(answers, ms(atMs - 10));
        lease.sample(++answers, ms(atMs));
    }

    private static long ms(long ms) {
        return Duration.ofMillis(ms).toNanos();
    }
}
