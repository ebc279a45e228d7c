package io.wafleet.outbox.core;

import io.wafleet.contract.CommandId;
import io.wafleet.contract.Event.Outcome;
import io.wafleet.contract.Event.ReceiptKind;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.OutboxRequest;
import io.wafleet.contract.Reply.RequestResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static io.wafleet.contract.AccountStatus.CONNECTING;
import static org.assertj.core.api.Assertions.assertThat;

/** What people can do about messages that failed. */
class FailedMessagesTest {
    @Test
    void aFailedMessageSaysUntilWhenItCanBeTriedAgain() {
        OutboxScene scene = failed();
        assertThat(scene.message("m1").retryUntil()).isEqualTo(scene.now().plus(Duration.ofDays(30)));
        assertThat(scene.retry("m1").message("m1").retryUntil()).isNull();
    }

    @Test
    void aDiscardedMessageStaysFailedAndCanBeTriedAgainNoMore() {
        OutboxScene scene = discard(failed());
        assertThat(scene.lastAnswer().result()).isEqualTo(RequestResult.ACCEPTED);
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.FAILED);
        assertThat(scene.message("m1").reason()).isEqualTo("because");
        assertThat(scene.message("m1").retryUntil()).isNull();
        assertThat(scene.retry("m1").lastAnswer().code()).isEqualTo("discarded");
        assertThat(discard(scene).lastAnswer().result()).isEqualTo(RequestResult.ACCEPTED);
    }

    @Test
    void evidenceStillMovesADiscardedMessage() {
        OutboxScene scene = discard(failed()).receipt("m1", ReceiptKind.DELIVERED);
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.DELIVERED);
    }

    @Test
    void onlyFailedMessagesCanBeDiscarded() {
        OutboxScene scene = OutboxScene.connected().send("m1");
        assertThat(discard(scene).lastAnswer().code()).isEqualTo("not_failed");
        assertThat(discard(scene.sent("m1")).lastAnswer().code()).isEqualTo("not_failed");
        assertThat(discard(OutboxScene.connected()).lastAnswer().code()).isEqualTo("message_unknown");
    }

    @Test
    void aRetryIsRefusedWhileTheQueueIsFull() {
        OutboxPolicy p = OutboxPolicy.standard();
        OutboxScene scene = OutboxScene.connected(new OutboxPolicy(p.parallelChats(), p.burst(), p.paceInterval(),
                p.maxAttempts(), p.backoffMin(), p.backoffMax(), p.outcomeTimeout(), p.notAttemptedPause(), p.expiry(),
                p.maxAhead(), p.keysKept(), p.finalsKept(), 2));
        scene.send("m1").outcome("m1", Outcome.PERMANENT).send("m2").send("m3").send("m4").retry("m1");
        assertThat(scene.lastAnswer().code()).isEqualTo("queue_full");
        scene.sent("m2").retry("m1");
        assertThat(scene.lastAnswer().result()).isEqualTo(RequestResult.ACCEPTED);
    }

    @Test
    void aRetriedMessageDoesNotTakeBackAKeyThatAnotherMessageUsesByNow() {
        OutboxScene scene = OutboxScene.connected().sendKeyed("m1", "k", "f").outcome("m1", Outcome.PERMANENT)
                .pass(Duration.ofHours(24)).sendKeyed("m2", "k", "g").retry("m1");
        assertThat(scene.sendKeyed("m3", "k", "g").lastAnswer().message()).isEqualTo(OutboxScene.id("m2"));
        scene.sent("m2").sent("m1");
        assertThat(scene.sendKeyed("m4", "k", "g").lastAnswer().result()).isEqualTo(RequestResult.SAME_AS);
    }

    @Test
    void aMessageThatWasNeverTakenInCannotBeTriedAgain() {
        OutboxScene scene = OutboxScene.connected();
        scene.sendAt("m1", scene.now().plus(Duration.ofDays(22)), null);
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.FAILED);
        assertThat(scene.message("m1").retryUntil()).isNull();
    }

    @Test
    void aRetriedMessageStillExpiresWhenItSaidItWould() {
        OutboxScene scene = OutboxScene.connected();
        scene.sendAt("m1", null, scene.now().plusSeconds(60)).outcome("m1", Outcome.PERMANENT).status(CONNECTING);
        scene.retry("m1").pass(Duration.ofSeconds(60));
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.EXPIRED);
    }

    @Test
    void aMessageWhoseOwnTimeIsOverCannotBeTriedAgain() {
        OutboxScene scene = OutboxScene.connected();
        scene.sendAt("m1", null, scene.now().plusSeconds(60)).outcome("m1", Outcome.PERMANENT);
        scene.pass(Duration.ofSeconds(60)).retry("m1");
        assertThat(scene.lastAnswer().code()).isEqualTo("expired");
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.FAILED);
    }

    private static OutboxScene failed() {
        return OutboxScene.connected().send("m1").outcome("m1", Outcome.PERMANENT);
    }

    private static OutboxScene discard(OutboxScene scene) {
        return scene.ask(
                new OutboxRequest.Discard(new CommandId("d"), OutboxScene.ANA, OutboxScene.id("m1"), scene.now()));
    }
}
