package io.wafleet.worker.session;

import io.wafleet.contract.Epoch;
import io.wafleet.contract.Event.Outcome;
import io.wafleet.worker.media.MediaSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is dispatched with bytes that lie elsewhere: they are brought to WhatsApp first, and until then nothing was attempted. */
class MediaDispatchTest {
    private static final MediaSource.Brought HERE = new MediaSource.Here(Scene.UPLOADED);

    private static Scene fetching() {
        return Scene.open().dispatchMedia("m1", 1);
    }

    @Test
    void mediaAreBroughtBeforeAnythingIsSent() {
        Scene scene = fetching();
        assertThat(scene.effects).singleElement().isInstanceOf(SessionEffect.BringMedia.class);

        scene.brings("m1", Scene.EPOCH, HERE);

        assertThat(scene.effect(SessionEffect.Send.class).media()).isEqualTo(Scene.UPLOADED);
        assertThat(scene.due(SessionTimer.SEND_ACK)).isEqualTo(scene.now.plusSeconds(20));
        assertThat(scene.acks("m1").outcomes()).containsExactly(Outcome.SENT);
    }

    @Test
    void otherChatsAreSentToMeanwhile() {
        Scene scene = fetching().dispatchElsewhere("m2");
        assertThat(scene.has(SessionEffect.Send.class)).isTrue();
        assertThat(scene.outcomes()).isEmpty();
        assertThat(scene.brings("m1", Scene.EPOCH, HERE).has(SessionEffect.Send.class)).isTrue();
    }

    /** It waited so long that the outbox went on without it, or a person cancelled it. */
    @Test
    void aLaterMessageOfTheSameChatIsNotOvertakenByAFetchThatTheOutboxGaveUp() {
        Scene scene = fetching().dispatch("m2", 1);
        assertThat(scene.effect(SessionEffect.TellOutcome.class).dispatch().message())
                .isEqualTo(Scene.mediaOf("m1", 1).message());
        assertThat(scene.outcomes()).containsExactly(Outcome.NOT_ATTEMPTED);
        assertThat(scene.has(SessionEffect.Send.class)).isTrue();
        assertThat(scene.brings("m1", Scene.EPOCH, HERE).effects).isEmpty();
    }

    @Test
    void mediaThatAreNotToBeHadEndTheAttempt() {
        Scene forGood = fetching().brings("m1", Scene.EPOCH, new MediaSource.Failed(true, "media_status_404"));
        assertThat(forGood.effect(SessionEffect.TellOutcome.class).outcome()).isEqualTo(Outcome.PERMANENT);
        assertThat(forGood.effect(SessionEffect.TellOutcome.class).reason()).isEqualTo("media_status_404");
        assertThat(fetching().brings("m1", Scene.EPOCH, new MediaSource.Failed(false, "media_timeout")).outcomes())
                .containsExactly(Outcome.RETRYABLE);
    }

    @Test
    void aConnectionLostMeanwhileMeansNotAttempted() {
        Scene scene = fetching().dispatchElsewhere("m2").closes(503);
        assertThat(scene.outcomes()).containsExactly(Outcome.NOT_ATTEMPTED, Outcome.UNKNOWN);
    }

    @Test
    void mediaBroughtOnAnOlderConnectionAreNotSentOnTheNextOne() {
        Scene scene = fetching();
        ConnectionNumber old = java.util.Objects.requireNonNull(scene.session.connection());
        scene.closes(503).fires(SessionTimer.RECONNECT).opens();
        scene.happens(
                new SessionEvent.MediaBrought(scene.now, old, Scene.mediaOf("m1", 1).message(), Scene.EPOCH, HERE));
        assertThat(scene.effects).isEmpty();
    }

    @Test
    void anOwnerThatClaimedAnewSendsNothingThatWasMeantForItsFormerEpoch() {
        Scene scene = fetching().brings("m1", new Epoch(Scene.EPOCH.value() + 1), HERE);
        assertThat(scene.has(SessionEffect.Send.class)).isFalse();
        assertThat(scene.outcomes()).containsExactly(Outcome.NOT_ATTEMPTED);
    }

    @Test
    void theNextAttemptIsServedByTheFetchThatIsUnderWay() {
        Scene scene = fetching().dispatchMedia("m1", 2);
        assertThat(scene.outcomes()).containsExactly(Outcome.NOT_ATTEMPTED);
        assertThat(scene.has(SessionEffect.BringMedia.class)).isFalse();

        scene.brings("m1", Scene.EPOCH, HERE);

        assertThat(scene.effect(SessionEffect.Send.class).dispatch().attempt()).isEqualTo(2);
    }

    @Test
    void aLateAckOfAnEarlierAttemptEndsTheFetchOfTheNextOne() {
        Scene scene = fetching().brings("m1", Scene.EPOCH, HERE).fires(SessionTimer.SEND_ACK).dispatchMedia("m1", 2);
        assertThat(scene.refuses("m1", true, "late").effects).isEmpty();
        assertThat(scene.acks("m1").outcomes()).containsExactly(Outcome.SENT);
        assertThat(scene.brings("m1", Scene.EPOCH, HERE).effects).isEmpty();
    }
}
