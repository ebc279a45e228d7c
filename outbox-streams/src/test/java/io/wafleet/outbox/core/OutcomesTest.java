package io.wafleet.outbox.core;

import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Event;
import io.wafleet.contract.Event.Outcome;
import io.wafleet.contract.MessageStatus;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static io.wafleet.outbox.core.OutboxScene.ANA;
import static org.assertj.core.api.Assertions.assertThat;

/** What each outcome means, and what its absence means. */
class OutcomesTest {
    private static final Duration LONG = Duration.ofMinutes(6);

    @Test
    void notAttemptedCostsNoAttempt() {
        OutboxScene scene = OutboxScene.connected().send("m1").outcome("m1", Outcome.NOT_ATTEMPTED);
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.QUEUED);
        assertThat(scene.message("m1").attempts()).isZero();
        scene.pass(Duration.ofSeconds(1)).sent("m1");
        assertThat(scene.message("m1").attempts()).isEqualTo(1);
    }

    @Test
    void anAccountThatFlapsForTenMinutesFailsNoMessage() {
        OutboxScene scene = OutboxScene.connected().send("m1");
        for (int i = 0; i < 200; i++) {
            scene.outcome("m1", Outcome.NOT_ATTEMPTED).status(AccountStatus.RECONNECTING)
                    .pass(Duration.ofSeconds(3)).status(AccountStatus.CONNECTED);
        }
        assertThat(scene.sent("m1").statusOf("m1")).isEqualTo(MessageStatus.SENT);
    }

    @Test
    void aRetryableOutcomeWaitsTwoSecondsAndDoubles() {
        OutboxScene scene = OutboxScene.connected().send("m1").outcome("m1", Outcome.RETRYABLE);
        Instant next = nextAttempt(scene);
        assertThat(Duration.between(scene.now(), next)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        scene.pass(Duration.ofSeconds(3)).outcome("m1", Outcome.RETRYABLE);
        assertThat(Duration.between(scene.now(), nextAttempt(scene))).isBetween(Duration.ofSeconds(2),
                Duration.ofSeconds(4));
        assertThat(scene.message("m1").attempts()).isEqualTo(2);
        assertThat(scene.message("m1").reason()).isEqualTo("because");
    }

    /** Twenty of them lie in a row and in a status, which must fit into a record. */
    @Test
    void aReasonIsCut() {
        OutboxScene scene = OutboxScene.connected().send("m1");
        scene.tell(new Event.DispatchOutcome(ANA, scene.epoch(), scene.now(), OutboxScene.id("m1"), OutboxScene.CHAT, 1,
                Outcome.RETRYABLE, "why".repeat(10_000)));
        assertThat(scene.message("m1").reason()).startsWith("whywhy").hasSize(500);
        assertThat(scene.message("m1").history().getLast().reason()).hasSize(500);
    }

    @Test
    void eachAttemptHasTheSameIdAndANumberOfItsOwn() {
        OutboxScene scene = OutboxScene.connected().send("m1").outcome("m1", Outcome.RETRYABLE)
                .pass(Duration.ofSeconds(3));
        assertThat(scene.dispatched()).containsExactly("m1", "m1");
        assertThat(scene.dispatches().getLast().attempt()).isEqualTo(2);
    }

    @Test
    void failsAfterTenAttemptsWithADeadLetter() {
        OutboxScene scene = failedBy(Outcome.RETRYABLE);
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.FAILED);
        assertThat(scene.message("m1").attempts()).isEqualTo(10);
        assertThat(scene.message("m1").reason()).isEqualTo("because");
        assertThat(scene.outputs).filteredOn(Output.GivenUp.class::isInstance).hasSize(1);
    }

    @Test
    void aMessageWhoseEveryAttemptEndedUnknownSaysSo() {
        assertThat(failedBy(Outcome.UNKNOWN).message("m1").reason()).isEqualTo("outcome_unknown");
    }

    @Test
    void oneUnknownAttemptIsEnoughToSaySo() {
        OutboxScene scene = OutboxScene.connected().send("m1").outcome("m1", Outcome.UNKNOWN);
        for (int i = 0; i < 9; i++) {
            scene.passUntilDispatched().outcome("m1", Outcome.RETRYABLE);
        }
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.FAILED);
        assertThat(scene.message("m1").reason()).isEqualTo("outcome_unknown");
    }

    @Test
    void aPermanentOutcomeFailsAtOnceWithItsReason() {
        OutboxScene scene = OutboxScene.connected().send("m1").send("m2").outcome("m1", Outcome.PERMANENT);
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.FAILED);
        assertThat(scene.message("m1").reason()).isEqualTo("because");
        assertThat(scene.dispatched()).endsWith("m2");
    }

    @Test
    void noOutcomeInSixtySecondsCountsAsUnknownAndKeepsTheId() {
        OutboxScene scene = OutboxScene.connected().send("m1").pass(Duration.ofSeconds(59));
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.DISPATCHED);
        scene.pass(Duration.ofSeconds(1));
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.QUEUED);
        assertThat(scene.message("m1").attempts()).isEqualTo(1);
        scene.pass(Duration.ofSeconds(3));
        assertThat(scene.dispatched()).containsExactly("m1", "m1");
    }

    @Test
    void sentCountsFromAnyAttempt() {
        OutboxScene scene = OutboxScene.connected().send("m1").pass(Duration.ofSeconds(63));
        assertThat(scene.dispatched()).hasSize(2);
        scene.outcome("m1", Outcome.SENT, 1);
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.SENT);
        scene.outcome("m1", Outcome.RETRYABLE, 2).pass(LONG);
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.SENT);
        assertThat(scene.dispatched()).hasSize(2);
    }

    @Test
    void everythingElseCountsOnlyForTheCurrentAttempt() {
        OutboxScene scene = OutboxScene.connected().send("m1").pass(Duration.ofSeconds(63));
        scene.outcome("m1", Outcome.PERMANENT, 1);
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.DISPATCHED);
    }

    @Test
    void aTakeoverDispatchesAnewWithTheSameIdAndCountsNoAttempt() {
        OutboxScene scene = OutboxScene.connected().send("m1").send("m2").claim(2);
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.QUEUED);
        assertThat(scene.message("m1").attempts()).isZero();
        scene.status(AccountStatus.CONNECTED);
        assertThat(scene.dispatched()).containsExactly("m1", "m1");
        assertThat(scene.lastDispatch("m1").attempt()).isEqualTo(2);
        scene.sent("m1");
        assertThat(scene.dispatched()).endsWith("m2");
    }

    @Test
    void aDispatchLostWithItsOwnerMayHaveBeenWritten() {
        OutboxScene scene = OutboxScene.connected().send("m1").claim(2).cancel("m1");
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.CANCELLED);
        assertThat(scene.message("m1").reason()).isEqualTo("outcome_unknown");
    }

    @Test
    void anOutcomeOfAMessageNobodyKnowsIsHarmless() {
        OutboxScene scene = OutboxScene.connected();
        scene.outcome("other", Outcome.SENT, 1).outcome("other", Outcome.UNKNOWN, 1);
        assertThat(scene.statuses).isEmpty();
    }

    @Test
    void countsWhatWaitsAndWhatIsOut() {
        OutboxScene scene = OutboxScene.connected().send("m1").send("m2").send("m3").sent("m1");
        AccountRow row = scene.store.get(Table.ACCOUNTS, Key.of(ANA));
        assertThat(row).isNotNull();
        assertThat(row.queued()).isEqualTo(1);
        assertThat(row.inFlight()).hasSize(1);
    }

    private static Instant nextAttempt(OutboxScene scene) {
        Instant next = scene.message("m1").nextAttemptAt();
        assertThat(next).isNotNull();
        return next;
    }

    private static OutboxScene failedBy(Outcome outcome) {
        OutboxScene scene = OutboxScene.connected().send("m1").outcome("m1", outcome);
        for (int i = 1; i < 10; i++) {
            scene.passUntilDispatched().outcome("m1", outcome);
        }
        return scene.pass(LONG);
    }
}
