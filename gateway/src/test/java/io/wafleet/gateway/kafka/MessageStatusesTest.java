package io.wafleet.gateway.kafka;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.MessageStatusRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class MessageStatusesTest {
    private static final int MAX = 100;

    private final Map<MessageId, MessageStatusRecord> listed = new HashMap<>();
    private final MessageStatuses statuses = new MessageStatuses(MAX, id -> Optional.ofNullable(listed.get(id)));

    private static MessageStatusRecord status(String id, MessageStatus status) {
        return new MessageStatusRecord(new AccountId("a"), new MessageId(id), new Chat("40712345678@s.whatsapp.net"),
                status, 0, null, Instant.EPOCH, Instant.EPOCH, null, null, null, null);
    }

    private Optional<MessageStatus> find(String id) {
        return statuses.find(new MessageId(id)).map(MessageStatusRecord::status);
    }

    @Test
    void theNewestIsAlwaysAtHandHoweverManyCameBefore() {
        for (int i = 0; i < MAX * 20; i++) {
            statuses.accepted(status("m" + i, MessageStatus.QUEUED));
            for (int before = Math.max(0, i - MAX + 1); before <= i; before += 33) {
                assertThat(find("m" + before)).as("m%s after m%s", before, i).isPresent();
            }
        }
        assertThat(find("m0")).isEmpty();
    }

    @Test
    void whoWasHeardOfAgainStays() {
        statuses.put(status("m", MessageStatus.QUEUED), 1);
        for (int i = 0; i < MAX - 1; i++) {
            statuses.put(status("a" + i, MessageStatus.QUEUED), 2 + i);
        }
        statuses.put(status("m", MessageStatus.SENT), 500);
        for (int i = 0; i < MAX - 1; i++) {
            statuses.put(status("b" + i, MessageStatus.QUEUED), 501 + i);
        }
        assertThat(find("m")).contains(MessageStatus.SENT);
    }

    @Test
    void whatIsReadFromTheBeginningTakesNoRoomFromWhatIsNew() {
        statuses.put(status("new", MessageStatus.SENT), 9_000);
        for (int i = 0; i < MAX * 2; i++) {
            statuses.recall(status("old" + i, MessageStatus.SENT), i);
        }
        assertThat(find("new")).isPresent();
        assertThat(find("old" + (MAX * 2 - 1))).isPresent();
        assertThat(find("old0")).isEmpty();
    }

    @Test
    void theHigherOffsetWinsWhoeverReadsIt() {
        statuses.accepted(status("m", MessageStatus.QUEUED));
        statuses.recall(status("m", MessageStatus.DISPATCHED), 3);
        assertThat(find("m")).contains(MessageStatus.DISPATCHED);
        statuses.put(status("m", MessageStatus.SENT), 7);
        statuses.recall(status("m", MessageStatus.DISPATCHED), 5);
        statuses.accepted(status("m", MessageStatus.QUEUED));
        assertThat(find("m")).contains(MessageStatus.SENT);
        statuses.recall(status("n", MessageStatus.READ), 9);
        statuses.accepted(status("n", MessageStatus.QUEUED));
        assertThat(find("n")).contains(MessageStatus.READ);
    }

    @Test
    void whatIsListedIsFoundThoughItWasNotHeardOfForLong() {
        listed.put(new MessageId("waits"), status("waits", MessageStatus.QUEUED));
        assertThat(find("waits")).contains(MessageStatus.QUEUED);
    }
}
