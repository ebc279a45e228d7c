package io.wafleet.worker.partition;

import io.wafleet.worker.log.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** No login storm, whatever holds a worker up; all times are of a clock that the test moves. */
final class ConnectLimiterTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTimers timers = new ManualTimers();
    private final List<Duration> connects = new ArrayList<>();

    private void connectAtOnce(ConnectLimiter.Turn turn) {
        connects.add(timers.now);
        turn.end();
    }

    private static int mostWithinASecond(List<Duration> connects) {
        int most = 0;
        for (Duration from : connects) {
            Duration to = from.plus(SECOND);
            most = Math.max(most,
                    (int) connects.stream().filter(c -> c.compareTo(from) >= 0 && c.compareTo(to) < 0).count());
        }
        return most;
    }

    @Test
    void neverLetsMoreThanTheRateConnectWithinOneSecondAndLosesLittleOfIt() {
        ConnectLimiter limiter = new ConnectLimiter(timers, 20);
        for (int i = 0; i < 200; i++) {
            limiter.request(Instant.EPOCH, this::connectAtOnce);
        }
        timers.pass(Duration.ofSeconds(12));
        assertThat(connects).hasSize(200);
        assertThat(mostWithinASecond(connects)).isBetween(18, 20);
    }

    @Test
    void turnsThatWereHeldUpDoNotComeOutInOneBurst() {
        ConnectLimiter limiter = new ConnectLimiter(timers, 20);
        List<ConnectLimiter.Turn> held = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            limiter.request(Instant.EPOCH, turn -> {
                boolean slowCommit = timers.now.compareTo(SECOND) > 0
                        && timers.now.compareTo(SECOND.plusMillis(900)) < 0;
                if (slowCommit) {
                    held.add(turn);
                } else {
                    connectAtOnce(turn);
                }
            });
        }
        timers.pass(Duration.ofMillis(1_900));
        List.copyOf(held).forEach(this::connectAtOnce);
        timers.pass(Duration.ofSeconds(10));
        assertThat(connects).hasSize(100);
        assertThat(mostWithinASecond(connects)).isLessThanOrEqualTo(20);
    }

    @Test
    void turnThatNeverEndsStopsTheOthersForASecondOnly() {
        ConnectLimiter limiter = new ConnectLimiter(timers, 20);
        limiter.request(Instant.EPOCH, _ -> {
        });
        limiter.request(Instant.EPOCH, this::connectAtOnce);
        timers.pass(Duration.ofMillis(900));
        assertThat(connects).isEmpty();
        timers.pass(Duration.ofMillis(200));
        assertThat(connects).hasSize(1);
    }

    @Test
    void thoseConnectedLongestAgoComeFirst() {
        ConnectLimiter limiter = new ConnectLimiter(timers, 20);
        List<String> order = new ArrayList<>();
        List.of("2026-01-03", "2026-01-01", "2026-01-02")
                .forEach(day -> limiter.request(Instant.parse(day + "T00:00:00Z"), turn -> {
                    order.add(day);
                    turn.end();
                }));
        timers.pass(SECOND);
        assertThat(order).containsExactly("2026-01-01", "2026-01-02", "2026-01-03");
    }

    @Test
    void rateOfZeroIsNoLimit() {
        ConnectLimiter limiter = new ConnectLimiter(timers, 0);
        for (int i = 0; i < 1_000; i++) {
            limiter.request(Instant.EPOCH, this::connectAtOnce);
        }
        assertThat(connects).hasSize(1_000);
    }

    /** Fires what is due, in order, when the test lets time pass. */
    private static final class ManualTimers implements Timers {
        private record Due(Duration at, long order, Runnable task) {}

        private final PriorityQueue<Due> due = new PriorityQueue<>(
                Comparator.comparing(Due::at).thenComparingLong(Due::order));
        private Duration now = Duration.ZERO;
        private long order;

        @Override
        public Pending after(Duration delay, Runnable task) {
            Due entry = new Due(now.plus(delay), order++, task);
            due.add(entry);
            return () -> due.remove(entry);
        }

        void pass(Duration time) {
            Duration end = now.plus(time);
            for (Due next = due.peek(); next != null && next.at.compareTo(end) <= 0; next = due.peek()) {
                due.remove(next);
                now = next.at;
                next.task.run();
            }
            now = end;
        }
    }
}
