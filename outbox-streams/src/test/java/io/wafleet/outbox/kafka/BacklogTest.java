package io.wafleet.outbox.kafka;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BacklogTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private final Backlog backlog = new Backlog();

    BacklogTest() {
        backlog.begun(START);
    }

    @Test
    void timersWaitASecondAfterTheStart() {
        assertThat(backlog.readAt()).isEqualTo(START.plusSeconds(1));
    }

    @Test
    void oldRecordsShowThatMoreAreToCome() {
        Instant now = START.plusMillis(900);
        backlog.read(START.minusSeconds(60), now);
        assertThat(backlog.readAt()).isEqualTo(now.plusSeconds(1));
    }

    @Test
    void freshRecordsDelayNothing() {
        backlog.read(START, START.plusMillis(500));
        assertThat(backlog.readAt()).isEqualTo(START.plusSeconds(1));
    }

    @Test
    void aWriterWhoseClockIsWrongDelaysNoTimerForEver() {
        Instant now = START;
        for (int i = 0; i < 1000; i++) {
            now = now.plusMillis(500);
            backlog.read(now.minus(Duration.ofHours(1)), now);
        }
        assertThat(backlog.readAt()).isBeforeOrEqualTo(START.plus(Duration.ofMinutes(2)));
    }

    @Test
    void aTaskThatStartsLaterMakesAllWait() {
        Instant later = START.plusSeconds(30);
        backlog.begun(later);
        backlog.read(START, later.plusMillis(900));
        assertThat(backlog.readAt()).isEqualTo(later.plusMillis(1900));
    }

    @Test
    void onceReadItStaysRead() {
        backlog.read(START.minusSeconds(60), START.plusSeconds(2));
        assertThat(backlog.readAt()).isEqualTo(START.plusSeconds(1));
    }
}
