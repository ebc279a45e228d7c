package io.wafleet.outbox.core;

import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Event.Outcome;
import io.wafleet.contract.Event.ReceiptKind;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.contract.MessageStatusRecord.Attempt;
import io.wafleet.contract.MessageStatusRecord.Receipt;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a status tells of attempts and receipts. */
class HistoryTest {
    @Test
    void tellsEachAttemptItsOwnerItsOutcomeAndItsReason() {
        OutboxScene scene = OutboxScene.connected().send("m1").outcome("m1", Outcome.RETRYABLE).claim(2)
                .status(AccountStatus.CONNECTED).passUntilDispatched().sent("m1");
        assertThat(scene.message("m1").history()).extracting(Attempt::number, Attempt::epoch, Attempt::outcome,
                Attempt::reason)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(1, new Epoch(1), Outcome.RETRYABLE, "because"),
                        org.assertj.core.groups.Tuple.tuple(2, new Epoch(2), Outcome.SENT, null));
    }

    @Test
    void anAttemptThatIsOutHasNoOutcomeYet() {
        OutboxScene scene = OutboxScene.connected().send("m1");
        assertThat(scene.message("m1").history()).singleElement().satisfies(a -> {
            assertThat(a.outcome()).isNull();
            assertThat(a.endedAt()).isNull();
        });
    }

    @Test
    void saysWhatATakeoverAndAMissingOutcomeDidToAnAttempt() {
        OutboxScene scene = OutboxScene.connected().send("m1").claim(2).status(AccountStatus.CONNECTED)
                .pass(Duration.ofSeconds(61));
        assertThat(scene.message("m1").history()).extracting(Attempt::reason).startsWith("takeover", "no_outcome");
        assertThat(scene.message("m1").history()).extracting(Attempt::outcome).startsWith(Outcome.UNKNOWN,
                Outcome.UNKNOWN);
    }

    @Test
    void sentOfAnEarlierAttemptIsToldOfThatOne() {
        OutboxScene scene = OutboxScene.connected().send("m1").pass(Duration.ofSeconds(63)).outcome("m1",
                Outcome.SENT, 1);
        assertThat(scene.message("m1").history()).extracting(Attempt::outcome).containsExactly(Outcome.SENT, null);
    }

    @Test
    void remembersTheLastTwentyDispatchesOfAMessageThatFlaps() {
        OutboxScene scene = OutboxScene.connected().send("m1");
        for (int i = 0; i < 40; i++) {
            scene.outcome("m1", Outcome.NOT_ATTEMPTED).pass(Duration.ofSeconds(1));
        }
        assertThat(scene.message("m1").history()).hasSize(MessageStatusRecord.MAX_HISTORY).last()
                .extracting(Attempt::number).isEqualTo(41);
    }

    @Test
    void keepsTheReceiptsThatMovedItOnAndNoOthers() {
        OutboxScene scene = OutboxScene.connected().send("m1").sent("m1").receipt("m1", ReceiptKind.DELIVERED)
                .pass(Duration.ofSeconds(1)).receipt("m1", ReceiptKind.PLAYED).receipt("m1", ReceiptKind.READ)
                .receipt("m1", ReceiptKind.PLAYED);
        assertThat(scene.message("m1").receipts()).extracting(Receipt::kind).containsExactly(ReceiptKind.DELIVERED,
                ReceiptKind.PLAYED);
        assertThat(scene.message("m1").history()).hasSize(1);
    }

    @Test
    void aReceiptBeforeSentEndsTheAttemptThatIsOut() {
        OutboxScene scene = OutboxScene.connected().send("m1").receipt("m1", ReceiptKind.READ);
        assertThat(scene.message("m1").history()).singleElement().satisfies(a -> {
            assertThat(a.outcome()).isEqualTo(Outcome.SENT);
            assertThat(a.reason()).isEqualTo("receipt");
        });
        int told = scene.history("m1").size();
        scene.sent("m1");
        assertThat(scene.history("m1")).hasSize(told);
    }

    @Test
    void aRetriedMessageKeepsItsHistory() {
        OutboxScene scene = OutboxScene.connected().send("m1").outcome("m1", Outcome.PERMANENT).retry("m1").sent("m1");
        assertThat(scene.message("m1").history()).extracting(Attempt::outcome).containsExactly(Outcome.PERMANENT,
                Outcome.SENT);
    }

    @Test
    void rowsOfAnOlderReleaseAreRead() {
        OutboxScene scene = OutboxScene.connected().send("m1");
        Key key = Table.messageKey(OutboxScene.ANA, OutboxScene.id("m1"));
        MessageRow row = scene.store.get(Table.MESSAGES, key);
        assertThat(row).isNotNull();
        String old = JsonCodec.text(row).replaceAll(",\"history\":\\[[^]]*]", "");
        assertThat(old).doesNotContain("history");
        scene.store.put(Table.MESSAGES, key,
                JsonCodec.decode(old.getBytes(java.nio.charset.StandardCharsets.UTF_8), MessageRow.class));
        assertThat(scene.sent("m1").message("m1").history()).isEmpty();
    }
}
