package io.wafleet.worker.session;

import io.wafleet.contract.Event.Outcome;
import io.wafleet.contract.Event.ReceiptKind;
import io.wafleet.contract.MessageId;
import io.wafleet.worker.connector.ConnectionListener.ReceiptArrived;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Each dispatch ends in exactly one outcome; only a late ack may correct an unknown one. */
class DispatchTest {

    private static SessionEffect.TellOutcome outcome(Scene scene) {
        return scene.effect(SessionEffect.TellOutcome.class);
    }

    @Test
    void dispatchIsNotAttemptedUnlessConnected() {
        List<Supplier<Scene>> scenes = List.of(Scene::ofUnknown, Scene::linked, () -> Scene.linked().permit(),
                Scene::showingQr, Scene::showingCode, Scene::scanned, Scene::waiting, () -> Scene.open().delete());
        for (Supplier<Scene> unconnected : scenes) {
            Scene scene = unconnected.get().dispatch("m1", 1);
            assertThat(outcome(scene).outcome()).isEqualTo(Outcome.NOT_ATTEMPTED);
            assertThat(scene.effects).hasSize(1);
        }
    }

    @Test
    void dispatchIsSentAndItsAckTellsSent() {
        Scene scene = Scene.open().dispatch("m1", 1);
        assertThat(scene.effect(SessionEffect.Send.class).dispatch()).isEqualTo(Scene.dispatchOf("m1", 1));
        assertThat(scene.due(SessionTimer.SEND_ACK)).isEqualTo(scene.now.plusSeconds(20));

        scene.acks("m1");

        assertThat(outcome(scene).outcome()).isEqualTo(Outcome.SENT);
        assertThat(outcome(scene).reason()).isNull();
        assertThat(scene.effects).contains(new SessionEffect.CancelTimer(SessionTimer.SEND_ACK));
    }

    @Test
    void secondAckOfTheSameMessageIsNoNews() {
        assertThat(Scene.open().dispatch("m1", 1).acks("m1").acks("m1").effects).isEmpty();
    }

    @Test
    void refusalIsPermanentOrRetryableWithItsReason() {
        Scene permanent = Scene.open().dispatch("m1", 1).refuses("m1", true, "not on WhatsApp");
        assertThat(outcome(permanent).outcome()).isEqualTo(Outcome.PERMANENT);
        assertThat(outcome(permanent).reason()).isEqualTo("not on WhatsApp");

        Scene retryable = Scene.open().dispatch("m1", 1).refuses("m1", false, "too fast");
        assertThat(outcome(retryable).outcome()).isEqualTo(Outcome.RETRYABLE);
    }

    @Test
    void sendWithoutAckBecomesUnknownAfterTwentySeconds() {
        Scene scene = Scene.open().dispatch("m1", 1).after(Duration.ofSeconds(5)).dispatch("m2", 1);

        scene.fires(SessionTimer.SEND_ACK);

        assertThat(outcome(scene).dispatch().message()).isEqualTo(new MessageId("m1"));
        assertThat(outcome(scene).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(outcome(scene).reason()).isEqualTo("ack_timeout");
        assertThat(scene.due(SessionTimer.SEND_ACK)).isEqualTo(scene.now.plusSeconds(5));
    }

    @Test
    void timerThatFiresAMomentEarlyStillTellsTheOutcome() {
        Scene scene = Scene.open().dispatch("m1", 1);
        Instant due = scene.due(SessionTimer.SEND_ACK);

        scene.happens(new SessionEvent.TimerFired(due.minusMillis(1), SessionTimer.SEND_ACK, due, Scene.JITTER));

        assertThat(scene.outcomes()).containsExactly(Outcome.UNKNOWN);
    }

    @Test
    void lateAckOnTheSameConnectionStillTellsSent() {
        Scene scene = Scene.open().dispatch("m1", 1).fires(SessionTimer.SEND_ACK).acks("m1");

        assertThat(outcome(scene).outcome()).isEqualTo(Outcome.SENT);
    }

    @Test
    void lateRefusalIsNoNews() {
        Scene scene = Scene.open().dispatch("m1", 1).fires(SessionTimer.SEND_ACK).refuses("m1", true, "late");

        assertThat(scene.outcomes()).isEmpty();
        assertThat(scene.acks("m1").outcomes()).isEmpty();
    }

    @Test
    void sendsInFlightAreUnknownWhenTheConnectionCloses() {
        Scene scene = Scene.open().dispatch("m1", 1).dispatch("m2", 1).acks("m1").closes(503);

        assertThat(outcome(scene).dispatch().message()).isEqualTo(new MessageId("m2"));
        assertThat(outcome(scene).outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void unknownOnesAreNotToldAgainWhenTheConnectionCloses() {
        assertThat(Scene.open().dispatch("m1", 1).fires(SessionTimer.SEND_ACK).closes(503).outcomes()).isEmpty();
    }

    @Test
    void sameMessageInFlightIsNotSentTwiceAndItsAckCountsForTheNewestAttempt() {
        Scene scene = Scene.open().dispatch("m1", 1).dispatch("m1", 2);
        assertThat(scene.has(SessionEffect.Send.class)).isFalse();
        assertThat(outcome(scene).dispatch().attempt()).isEqualTo(1);
        assertThat(outcome(scene).reason()).isEqualTo("superseded");

        scene.acks("m1");
        assertThat(outcome(scene).dispatch().attempt()).isEqualTo(2);
        assertThat(outcome(scene).outcome()).isEqualTo(Outcome.SENT);
    }

    @Test
    void sameAttemptDispatchedTwiceIsOneAttempt() {
        assertThat(Scene.open().dispatch("m1", 1).dispatch("m1", 1).effects).isEmpty();
    }

    @Test
    void messageWhoseOutcomeWasUnknownIsSentAgainWithTheNextAttempt() {
        Scene scene = Scene.open().dispatch("m1", 1).fires(SessionTimer.SEND_ACK).dispatch("m1", 2);

        assertThat(scene.effect(SessionEffect.Send.class).dispatch().attempt()).isEqualTo(2);
        assertThat(outcome(scene.acks("m1")).dispatch().attempt()).isEqualTo(2);
    }

    /** WhatsApp's answers name the message, not the attempt: the refusal may be the first one's. */
    @Test
    void refusalAfterTwoWritingsLeavesTheOutcomeUnknownAndALaterAckStillTellsSent() {
        Scene scene = Scene.open().dispatch("m1", 1).fires(SessionTimer.SEND_ACK).dispatch("m1", 2);

        scene.refuses("m1", true, "late");

        assertThat(outcome(scene).dispatch().attempt()).isEqualTo(2);
        assertThat(outcome(scene).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(scene.acks("m1").outcomes()).containsExactly(Outcome.SENT);
        assertThat(scene.acks("m1").outcomes()).isEmpty();
    }

    @Test
    void memoryOfOverdueSendsIsBounded() {
        Scene scene = Scene.open();
        for (int i = 0; i < 500; i++) {
            scene.dispatch("m" + i, 1).fires(SessionTimer.SEND_ACK);
        }
        assertThat(((Link.Open) scene.session.link()).flights().list()).hasSize(100);
        assertThat(scene.acks("m499").outcomes()).containsExactly(Outcome.SENT);
    }

    @Test
    void receiptsAndMessagesAreTakenFromAnOpenConnection() {
        Scene scene = Scene.open();
        ReceiptArrived receipt = new ReceiptArrived(new MessageId("m1"), Scene.CHAT, ReceiptKind.DELIVERED);

        assertThat(scene.hears(receipt).effects).containsExactly(new SessionEffect.TellReceipt(receipt));
        assertThat(scene.inbound("in1").effect(SessionEffect.TakeIn.class).connection())
                .isEqualTo(scene.session.connection());
    }

    @Test
    void messageOfAConnectionGivenUpIsLeftForItsRedelivery() {
        Scene scene = Scene.open();
        ConnectionNumber old = java.util.Objects.requireNonNull(scene.session.connection());
        scene.disconnect();

        scene.hears(old, new ReceiptArrived(new MessageId("m1"), Scene.CHAT, ReceiptKind.READ));

        assertThat(scene.effects).isEmpty();
    }
}
