package io.wafleet.gateway.view;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.MessageStatusRecord;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class QueueLengthsTest {
    private static final AccountId ANA = new AccountId("ana");

    private final QueueLengths queues = new QueueLengths(3);

    private static MessageStatusRecord status(String message) {
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        return new MessageStatusRecord(ANA, new MessageId(message), new Chat("40712345678@s.whatsapp.net"),
                MessageStatus.QUEUED, 0, null, at, at, null, null, null, null);
    }

    @Test
    void theHighestOffsetWinsWhoeverReadsIt() {
        queues.told(status("m1").waiting(5), 10);
        queues.told(status("m2").waiting(9), 3);
        assertThat(queues.of(ANA)).isEqualTo(5);
        queues.told(status("m3"), 11);
        assertThat(queues.of(ANA)).as("a record of an older release says nothing").isEqualTo(5);
        assertThat(queues.of(new AccountId("bob"))).isZero();
    }

    @Test
    void whatWasAcceptedCountsUntilTheOutboxTellsOfIt() {
        assertThat(queues.reserve(ANA, new MessageId("m1"), 2)).isTrue();
        assertThat(queues.reserve(ANA, new MessageId("m2"), 2)).isTrue();
        assertThat(queues.reserve(ANA, new MessageId("m3"), 2)).isFalse();
        queues.told(status("m1").waiting(0), 1);
        assertThat(queues.reserve(ANA, new MessageId("m3"), 2)).isTrue();
        queues.release(new MessageId("m2"));
        queues.release(new MessageId("m2"));
        assertThat(queues.of(ANA)).isEqualTo(1);
    }

    @Test
    void remembersNoMoreThanItMay() {
        for (int i = 0; i < 5; i++) {
            assertThat(queues.reserve(ANA, new MessageId("m" + i), 100)).isTrue();
        }
        assertThat(queues.of(ANA)).isEqualTo(3);
    }
}
