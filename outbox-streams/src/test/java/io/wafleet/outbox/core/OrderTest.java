package io.wafleet.outbox.core;

import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Content;
import io.wafleet.contract.Event.Outcome;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.OutboxRequest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static io.wafleet.outbox.core.OutboxScene.CHAT;
import static io.wafleet.outbox.core.OutboxScene.START;
import static org.assertj.core.api.Assertions.assertThat;

/** The order of a chat, schedule and expiry. */
class OrderTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void aRetriedHeadBlocksItsChatUntilItIsFinal() {
        OutboxScene scene = OutboxScene.connected().send("m1").outcome("m1", Outcome.RETRYABLE).send("m2");
        assertThat(scene.dispatched()).containsExactly("m1");
        scene.pass(Duration.ofSeconds(3));
        assertThat(scene.dispatched()).containsExactly("m1", "m1");
        assertThat(scene.sent("m1").dispatched()).containsExactly("m1", "m1", "m2");
    }

    @Test
    void aScheduledMessageWaitsForItsTimeAndLetsOthersPass() {
        OutboxScene scene = OutboxScene.connected();
        scene.sendAt("later", scene.now().plus(MINUTE), null).send("now").sent("now");
        assertThat(scene.dispatched()).containsExactly("now");
        assertThat(scene.message("later").nextAttemptAt()).isEqualTo(scene.now().plus(MINUTE));
        scene.pass(MINUTE);
        assertThat(scene.dispatched()).containsExactly("now", "later");
    }

    @Test
    void aChatIsOrderedByTheLaterOfAcceptanceAndSchedule() {
        OutboxScene scene = new OutboxScene().claim(1);
        Instant at = scene.now().plus(MINUTE);
        scene.sendAt("second", at.plusSeconds(1), null).sendAt("first", at, null).pass(MINUTE.multipliedBy(2))
                .send("third");
        scene.status(AccountStatus.CONNECTED).sent("first").sent("second");
        assertThat(scene.dispatched()).containsExactly("first", "second", "third");
    }

    @Test
    void messagesOfTheSameMomentGoInTheOrderOfArrival() {
        OutboxScene scene = new OutboxScene().claim(1).send("b").send("a").send("c");
        scene.status(AccountStatus.CONNECTED).sent("b").sent("a");
        assertThat(scene.dispatched()).containsExactly("b", "a", "c");
    }

    @Test
    void whereGatewaysClocksDifferArrivalDecides() {
        OutboxScene scene = new OutboxScene().claim(1).send("first");
        scene.ask(acceptedAt(scene, "second", scene.now().minusSeconds(30)));
        scene.status(AccountStatus.CONNECTED).sent("first");
        assertThat(scene.dispatched()).containsExactly("first", "second");
    }

    @Test
    void aGatewayWhoseClockIsAheadDelaysNothing() {
        OutboxScene scene = OutboxScene.connected();
        scene.ask(acceptedAt(scene, "m1", scene.now().plus(MINUTE)));
        assertThat(scene.dispatched()).containsExactly("m1");
    }

    @Test
    void aLaterMessageNeverOvertakesAScheduledOneThatIsBeingRetried() {
        OutboxScene scene = OutboxScene.connected();
        scene.sendAt("m1", scene.now().plusSeconds(10), null).pass(Duration.ofSeconds(10));
        scene.outcome("m1", Outcome.RETRYABLE);
        scene.ask(acceptedAt(scene, "m2", scene.now().minusSeconds(60))).pass(Duration.ofSeconds(3)).sent("m1");
        assertThat(scene.dispatched()).containsExactly("m1", "m1", "m2");
    }

    @Test
    void refusesAScheduleMoreThanTwentyDaysAheadButNotForClocksThatDiffer() {
        OutboxScene scene = OutboxScene.connected();
        scene.sendAt("m0", scene.now().plus(Duration.ofDays(20)).plusSeconds(1), null);
        scene.sendAt("m1", scene.now().plus(Duration.ofDays(22)), null);
        assertThat(scene.statusOf("m0")).isEqualTo(MessageStatus.QUEUED);
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.FAILED);
        assertThat(scene.message("m1").reason()).isEqualTo("send_at_too_far");
        assertThat(scene.lastAnswer().code()).isEqualTo("send_at_too_far");
    }

    @Test
    void aMessageExpiresADayAfterItMightHaveGone() {
        OutboxScene scene = new OutboxScene().claim(1).send("m1").pass(Duration.ofHours(23));
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.QUEUED);
        scene.pass(Duration.ofHours(1));
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.EXPIRED);
        assertThat(scene.status(AccountStatus.CONNECTED).dispatched()).isEmpty();
    }

    @Test
    void expiresAtIsRespectedForHeadsAndForThoseBehind() {
        OutboxScene scene = new OutboxScene().claim(1).send("m1");
        scene.sendAt("m2", null, scene.now().plus(MINUTE)).pass(MINUTE);
        assertThat(scene.statusOf("m2")).isEqualTo(MessageStatus.EXPIRED);
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.QUEUED);
    }

    @Test
    void noMessageWaitsForEver() {
        OutboxScene scene = new OutboxScene().claim(1);
        scene.sendAt("m1", null, Instant.MAX).sendAt("m2", null, Instant.MIN.plusSeconds(1));
        assertThat(scene.pass(Duration.ofDays(364)).statusOf("m1")).isEqualTo(MessageStatus.QUEUED);
        assertThat(scene.pass(Duration.ofDays(2)).statusOf("m1")).isEqualTo(MessageStatus.EXPIRED);
        assertThat(scene.statusOf("m2")).isEqualTo(MessageStatus.EXPIRED);
    }

    @Test
    void anExpiredMessageIsNotDispatchedEvenBeforeItsTimer() {
        OutboxScene scene = OutboxScene.connected();
        scene.sendAt("m1", null, scene.now().minusSeconds(1)).send("m2");
        assertThat(scene.dispatched()).containsExactly("m2");
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.EXPIRED);
    }

    @Test
    void aMessageThatIsOutDoesNotExpire() {
        OutboxScene scene = OutboxScene.connected();
        scene.sendAt("m1", null, scene.now().plusSeconds(5)).pass(Duration.ofSeconds(10));
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.DISPATCHED);
        assertThat(scene.outcome("m1", Outcome.RETRYABLE).pass(MINUTE).statusOf("m1"))
                .isEqualTo(MessageStatus.EXPIRED);
    }

    @Test
    void oneStepExpiresOnlySoMany() {
        OutboxScene scene = new OutboxScene().claim(1);
        for (int i = 0; i < 200; i++) {
            scene.sendAt("m" + i, null, scene.now().plusMillis(1));
        }
        scene.pass(Duration.ofSeconds(1)).status(AccountStatus.CONNECTED);
        assertThat(scene.statuses.values()).allMatch(s -> s.status() == MessageStatus.EXPIRED).hasSize(200);
        assertThat(scene.store.size(Table.TIMERS)).isZero();
    }

    @Test
    void refusesMoreThanMayWaitUnlessAGatewayPromisedIt() {
        OutboxPolicy standard = OutboxPolicy.standard();
        OutboxScene scene = new OutboxScene(new OutboxPolicy(4, 20, standard.paceInterval(), 10,
                standard.backoffMin(), standard.backoffMax(), standard.outcomeTimeout(),
                standard.notAttemptedPause(), standard.expiry(), standard.maxAhead(), standard.keysKept(),
                standard.finalsKept(), 2)).send("m1").send("m2").sendKeyed("m3", "k", "f").send("m4");
        assertThat(scene.lastAnswer().code()).isEqualTo("queue_full");
        assertThat(scene.statuses).doesNotContainKey(OutboxScene.id("m3"));
        assertThat(scene.statusOf("m4")).isEqualTo(MessageStatus.QUEUED);
        assertThat(scene.message("m4").waiting()).isEqualTo(3);
    }

    @Test
    void aScheduledMessageBlocksNobodyAfterAClockWasAhead() {
        OutboxScene scene = OutboxScene.connected().pass(Duration.ofHours(1)).send("m1").sent("m1").clockIs(START);
        scene.sendAt("m2", START.plus(MINUTE), null).send("m3");
        assertThat(scene.dispatched()).containsExactly("m1", "m3");
        assertThat(scene.sent("m3").pass(MINUTE).dispatched()).containsExactly("m1", "m3", "m2");
    }

    @Test
    void messagesOfTheSameMomentKeepTheirOrderAfterAClockWasAhead() {
        OutboxScene scene = OutboxScene.connected().pass(Duration.ofHours(1)).send("m1").sent("m1").clockIs(START);
        scene.sendAt("m2", START.plus(MINUTE), null).pass(Duration.ofSeconds(5));
        scene.sendAt("m3", START.plus(MINUTE), null).pass(MINUTE);
        assertThat(scene.sent("m2").dispatched()).containsExactly("m1", "m2", "m3");
    }

    @Test
    void aTimerThatFiredCountsAlsoWhenTheClockStepsBack() {
        OutboxScene scene = OutboxScene.connected().sendAt("m1", START.plus(MINUTE), null);
        scene.fireAt(START.plus(MINUTE), START.plus(MINUTE).minusSeconds(1));
        assertThat(scene.dispatched()).containsExactly("m1");
    }

    @Test
    void whatMayGoAtOnceWaitsForNoClockThatWasAhead() {
        OutboxScene scene = OutboxScene.connected().pass(Duration.ofHours(2)).send("m1").send("m2").clockIs(START);
        assertThat(scene.sent("m1").dispatched()).containsExactly("m1", "m2");
    }

    private static OutboxRequest.Send acceptedAt(OutboxScene scene, String message, Instant at) {
        OutboxRequest.Send s = scene.request(message, CHAT, null, null, null, null);
        return new OutboxRequest.Send(s.id(), s.account(), s.message(), s.chat(), new Content.Text("hi"), null, null,
                at, null, null);
    }
}
