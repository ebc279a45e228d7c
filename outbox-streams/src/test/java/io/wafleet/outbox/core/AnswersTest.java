package io.wafleet.outbox.core;

import io.wafleet.contract.Event.Outcome;
import io.wafleet.contract.Event.ReceiptKind;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.Reply.RequestResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static io.wafleet.outbox.core.OutboxScene.id;
import static org.assertj.core.api.Assertions.assertThat;

/** Idempotency keys, cancel, retry, receipts. */
class AnswersTest {
    @Test
    void anUnkeyedRequestNeedsNoAnswer() {
        assertThat(OutboxScene.connected().send("m1").answers()).isEmpty();
    }

    @Test
    void aKeyedRequestIsAnsweredWhenItIsAccepted() {
        OutboxScene scene = OutboxScene.connected().sendKeyed("m1", "k", "f");
        assertThat(scene.lastAnswer().result()).isEqualTo(RequestResult.ACCEPTED);
        assertThat(scene.lastAnswer().message()).isEqualTo(id("m1"));
    }

    @Test
    void theSameKeyGivesTheSameMessage() {
        OutboxScene scene = OutboxScene.connected().sendKeyed("m1", "k", "f").sendKeyed("m2", "k", "f");
        assertThat(scene.lastAnswer().result()).isEqualTo(RequestResult.SAME_AS);
        assertThat(scene.lastAnswer().message()).isEqualTo(id("m1"));
        assertThat(scene.dispatched()).containsExactly("m1");
        assertThat(scene.statuses).doesNotContainKey(id("m2"));
    }

    @Test
    void theSameKeyWithAnotherBodyIsAConflict() {
        OutboxScene scene = OutboxScene.connected().sendKeyed("m1", "k", "f").sendKeyed("m2", "k", "g");
        assertThat(scene.lastAnswer().result()).isEqualTo(RequestResult.CONFLICT);
        assertThat(scene.lastAnswer().message()).isEqualTo(id("m1"));
        assertThat(scene.dispatched()).containsExactly("m1");
    }

    @Test
    void aRepetitionIsToldWhereTheFirstStands() {
        OutboxScene scene = OutboxScene.connected().sendKeyed("m1", "k", "f").sendKeyed("m2", "k", "f");
        assertThat(scene.lastAnswer().status()).extracting("status").isEqualTo(MessageStatus.DISPATCHED);
        scene.outcome("m1", Outcome.PERMANENT).pass(Duration.ofHours(1)).sendKeyed("m3", "k", "f");
        assertThat(scene.lastAnswer().status()).usingRecursiveComparison().ignoringFields("waiting")
                .isEqualTo(scene.message("m1"));
        scene.sendKeyed("m4", "k", "g");
        assertThat(scene.lastAnswer().result()).isEqualTo(RequestResult.CONFLICT);
        assertThat(scene.lastAnswer().status()).extracting("message").isEqualTo(id("m1"));
    }

    @Test
    void aKeyedRequestWhoseTimeIsOverIsAcceptedExpiredAndSaysSo() {
        OutboxScene scene = OutboxScene.connected().send("m1");
        scene.ask(scene.request("m2", OutboxScene.CHAT, "k", "f", null, scene.now().minusSeconds(1)));
        assertThat(scene.lastAnswer().result()).isEqualTo(RequestResult.ACCEPTED);
        assertThat(scene.lastAnswer().status()).extracting("status").isEqualTo(MessageStatus.EXPIRED);
        assertThat(scene.history("m2")).containsExactly(MessageStatus.EXPIRED);
        assertThat(scene.dispatched()).containsExactly("m1");
        scene.sendKeyed("m3", "k", "f");
        assertThat(scene.lastAnswer().result()).isEqualTo(RequestResult.SAME_AS);
        assertThat(scene.lastAnswer().status()).extracting("status").isEqualTo(MessageStatus.EXPIRED);
    }

    @Test
    void aKeyLivesUntilADayAfterItsMessageIsFinal() {
        OutboxScene scene = OutboxScene.connected().sendKeyed("m1", "k", "f").pass(Duration.ofSeconds(5)).sent("m1");
        scene.pass(Duration.ofHours(24).minusMillis(1)).sendKeyed("m2", "k", "f");
        assertThat(scene.lastAnswer().result()).isEqualTo(RequestResult.SAME_AS);
        scene.pass(Duration.ofMillis(1)).sendKeyed("m3", "k", "g");
        assertThat(scene.lastAnswer().result()).isEqualTo(RequestResult.ACCEPTED);
    }

    @Test
    void aKeyOfAMessageThatWaitsNeverEnds() {
        OutboxScene scene = new OutboxScene();
        scene.ask(scene.request("m1", OutboxScene.CHAT, "k", "f", scene.now().plus(Duration.ofDays(19)), null))
                .pass(Duration.ofDays(10)).sendKeyed("m2", "k", "f");
        assertThat(scene.lastAnswer().result()).isEqualTo(RequestResult.SAME_AS);
    }

    @Test
    void aReplayedRequestIsNotSaidAgain() {
        OutboxScene scene = OutboxScene.connected().send("m1").send("m1");
        assertThat(scene.lastAnswer().result()).isEqualTo(RequestResult.SAME_AS);
        scene.sent("m1").send("m1");
        assertThat(scene.lastAnswer().result()).isEqualTo(RequestResult.SAME_AS);
        assertThat(scene.dispatched()).containsExactly("m1");
    }

    @Test
    void cancelTakesBackAMessageThatWaits() {
        OutboxScene scene = OutboxScene.connected().send("m1").send("m2").cancel("m2").sent("m1");
        assertThat(scene.lastAnswer().result()).isEqualTo(RequestResult.ACCEPTED);
        assertThat(scene.statusOf("m2")).isEqualTo(MessageStatus.CANCELLED);
        assertThat(scene.dispatched()).containsExactly("m1");
    }

    @Test
    void cancelOfAHeadFreesItsChat() {
        OutboxScene scene = OutboxScene.connected().send("m1").outcome("m1", Outcome.RETRYABLE).send("m2");
        assertThat(scene.cancel("m1").dispatched()).containsExactly("m1", "m2");
    }

    @Test
    void cancelIsRefusedWhileAnAttemptIsOut() {
        OutboxScene scene = OutboxScene.connected().send("m1").cancel("m1");
        assertThat(scene.lastAnswer().code()).isEqualTo("attempt_out");
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.DISPATCHED);
    }

    @Test
    void cancelAfterARetryableAttemptAndATakeoverIsNeverSent() {
        OutboxScene scene = OutboxScene.connected().send("m1").outcome("m1", Outcome.RETRYABLE).claim(2);
        scene.cancel("m1").status(io.wafleet.contract.AccountStatus.CONNECTED).pass(Duration.ofHours(1));
        assertThat(scene.dispatched()).hasSize(1);
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.CANCELLED);
    }

    @Test
    void cancelOfWhatIsFinalOrUnknownIsRefused() {
        OutboxScene scene = OutboxScene.connected().send("m1").sent("m1").cancel("m1");
        assertThat(scene.lastAnswer().code()).isEqualTo("already_final");
        assertThat(scene.cancel("m9").lastAnswer().code()).isEqualTo("message_unknown");
    }

    @Test
    void cancelTwiceIsAcceptedTwice() {
        OutboxScene scene = new OutboxScene().send("m1").cancel("m1").cancel("m1");
        assertThat(scene.answers()).extracting("result").containsExactly(RequestResult.ACCEPTED,
                RequestResult.ACCEPTED);
        assertThat(scene.history("m1")).containsExactly(MessageStatus.QUEUED, MessageStatus.CANCELLED);
    }

    @Test
    void aFailedMessageCanBeTriedAgainUnderItsId() {
        OutboxScene scene = OutboxScene.connected().send("m1").outcome("m1", Outcome.PERMANENT).retry("m1");
        assertThat(scene.lastAnswer().result()).isEqualTo(RequestResult.ACCEPTED);
        assertThat(scene.dispatched()).containsExactly("m1", "m1");
        assertThat(scene.lastDispatch("m1").attempt()).isEqualTo(2);
        assertThat(scene.sent("m1").statusOf("m1")).isEqualTo(MessageStatus.SENT);
    }

    @Test
    void onlyFailedMessagesCanBeTriedAgain() {
        OutboxScene scene = OutboxScene.connected().send("m1").retry("m1");
        assertThat(scene.lastAnswer().code()).isEqualTo("not_failed");
        assertThat(scene.sent("m1").retry("m1").lastAnswer().code()).isEqualTo("not_failed");
        assertThat(scene.retry("m9").lastAnswer().code()).isEqualTo("message_unknown");
    }

    @Test
    void receiptsOnlyMoveForwards() {
        OutboxScene scene = OutboxScene.connected().send("m1").sent("m1");
        scene.receipt("m1", ReceiptKind.READ).receipt("m1", ReceiptKind.DELIVERED).receipt("m1", ReceiptKind.READ);
        assertThat(scene.history("m1")).containsExactly(MessageStatus.DISPATCHED,
                MessageStatus.SENT, MessageStatus.READ);
        assertThat(scene.message("m1").deliveredAt()).isNotNull();
        scene.receipt("m1", ReceiptKind.PLAYED).sent("m1");
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.PLAYED);
    }

    @Test
    void aReceiptBeforeTheOutcomeProvesItSent() {
        OutboxScene scene = OutboxScene.connected().send("m1").send("m2").receipt("m1", ReceiptKind.DELIVERED);
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.DELIVERED);
        assertThat(scene.dispatched()).containsExactly("m1", "m2");
        assertThat(scene.sent("m1").statusOf("m1")).isEqualTo(MessageStatus.DELIVERED);
    }

    @Test
    void evidenceMovesAMessageThatWasGivenUp() {
        OutboxScene scene = OutboxScene.connected().send("m1").outcome("m1", Outcome.PERMANENT);
        scene.receipt("m1", ReceiptKind.DELIVERED);
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.DELIVERED);
        assertThat(scene.message("m1").reason()).isNull();
        assertThat(scene.retry("m1").lastAnswer().code()).isEqualTo("not_failed");
    }

    @Test
    void receiptsOfUnknownMessagesAreHarmless() {
        assertThat(OutboxScene.connected().receipt("m9", ReceiptKind.READ).statuses).isEmpty();
        assertThat(List.of(ReceiptKind.values())).hasSize(3);
    }
}
