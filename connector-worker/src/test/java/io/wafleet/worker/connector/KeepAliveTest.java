package io.wafleet.worker.connector;

import io.wafleet.worker.connector.KeepAlive.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** When a silent connection is asked for a sign of life, and when it is given up. */
class KeepAliveTest {
    private static final KeepAlive.Timing TIMING = new KeepAlive.Timing(Duration.ofSeconds(25),
            Duration.ofSeconds(90));

    private final KeepAlive keepAlive = new KeepAlive(TIMING, 0);

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void quietConnectionIsPingedOncePerInterval() {
        assertThat(keepAlive.check(seconds(24))).isEqualTo(Verdict.FINE);
        assertThat(keepAlive.check(seconds(25))).isEqualTo(Verdict.PING);
        assertThat(keepAlive.check(seconds(26))).isEqualTo(Verdict.FINE);
        assertThat(keepAlive.check(seconds(50))).isEqualTo(Verdict.PING);
    }

    @Test
    void connectionThatIsHeardNeedsNoPing() {
        keepAlive.heard(seconds(20));

        assertThat(keepAlive.check(seconds(44))).isEqualTo(Verdict.FINE);
        assertThat(keepAlive.check(seconds(45))).isEqualTo(Verdict.PING);
    }

    @Test
    void deafConnectionIsDeadAfterNinetySecondsHoweverOftenItWasPinged() {
        keepAlive.heard(seconds(10));
        for (int second = 11; second < 100; second++) {
            assertThat(keepAlive.check(seconds(second))).isNotEqualTo(Verdict.DEAD);
        }
        assertThat(keepAlive.check(seconds(100))).isEqualTo(Verdict.DEAD);
    }

    @Test
    void monotonicClockMayBeNegativeAndOverflow() {
        long start = Long.MAX_VALUE - seconds(1);
        KeepAlive late = new KeepAlive(TIMING, start);

        assertThat(late.check(start + seconds(26))).isEqualTo(Verdict.PING);
        assertThat(late.check(start + seconds(90))).isEqualTo(Verdict.DEAD);
    }

    @Test
    void intervalMustLeaveTimeForAnAnswer() {
        assertThatThrownBy(() -> new KeepAlive.Timing(Duration.ofSeconds(90), Duration.ofSeconds(90)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
