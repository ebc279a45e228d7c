package io.wafleet.gateway.view;

import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import io.wafleet.gateway.view.UnsentMessages.Count;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class UnsentMessagesTest {
    private static final MessageId ONE = new MessageId("3EB0000000000000000001");
    private static final MessageId TWO = new MessageId("3EB0000000000000000002");

    private final UnsentMessages unsent = new UnsentMessages(2);

    @Test
    void countsAMessageFromItsAcceptanceUntilItIsFinal() {
        unsent.apply(3, ONE, MessageStatus.QUEUED);
        unsent.apply(3, TWO, MessageStatus.QUEUED);
        assertThat(unsent.of(3)).isEqualTo(new Count(2, 0));
        unsent.apply(3, ONE, MessageStatus.DISPATCHED);
        assertThat(unsent.of(3)).isEqualTo(new Count(1, 1));
        unsent.apply(3, ONE, MessageStatus.QUEUED);
        assertThat(unsent.of(3)).isEqualTo(new Count(2, 0));
        unsent.apply(3, ONE, MessageStatus.SENT);
        unsent.apply(3, TWO, MessageStatus.FAILED);
        unsent.apply(3, ONE, MessageStatus.READ);
        assertThat(unsent.of(3)).isEqualTo(Count.NONE);
        assertThat(unsent.of(4)).isEqualTo(Count.NONE);
    }

    @Test
    void whatIsRecalledNeverOverridesWhatWasToldSince() {
        unsent.apply(0, ONE, MessageStatus.SENT);
        unsent.recall(0, ONE, MessageStatus.QUEUED);
        unsent.recall(0, TWO, MessageStatus.QUEUED);
        unsent.recall(0, TWO, MessageStatus.DISPATCHED);
        assertThat(unsent.of(0)).isEqualTo(new Count(0, 1));
        assertThat(unsent.isComplete()).as("more may be recalled").isFalse();
        unsent.historyIsRead();
        assertThat(unsent.isComplete()).isTrue();
    }

    @Test
    void saysThatItCountsTooFewWhenItMayKeepNoMore() {
        unsent.historyIsRead();
        unsent.apply(0, ONE, MessageStatus.QUEUED);
        unsent.apply(1, TWO, MessageStatus.QUEUED);
        unsent.apply(1, TWO, MessageStatus.DISPATCHED);
        assertThat(unsent.isComplete()).isTrue();
        unsent.apply(1, new MessageId("3EB0000000000000000003"), MessageStatus.QUEUED);
        assertThat(unsent.of(1).total()).isEqualTo(1);
        assertThat(unsent.isComplete()).isFalse();
    }
}
