package io.wafleet.outbox.core;

import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Event.Outcome;
import io.wafleet.contract.MessageStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static io.wafleet.outbox.core.OutboxScene.chat;
import static org.assertj.core.api.Assertions.assertThat;

/** When a message may go: the account, its chat's turn, the pace. */
class DispatchingTest {
    @Test
    void dispatchesAtOnceWhileTheAccountIsConnected() {
        OutboxScene scene = OutboxScene.connected().send("m1");
        assertThat(scene.dispatched()).containsExactly("m1");
        assertThat(scene.lastDispatch("m1").attempt()).isEqualTo(1);
        assertThat(scene.lastDispatch("m1").epoch()).isEqualTo(new Epoch(1));
        assertThat(scene.history("m1")).containsExactly(MessageStatus.DISPATCHED);
    }

    @Test
    void aSentMessageIsFinalAndLeavesNothingWaiting() {
        OutboxScene scene = OutboxScene.connected().send("m1").sent("m1");
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.SENT);
        assertThat(scene.message("m1").sentAt()).isEqualTo(scene.now());
        assertThat(scene.message("m1").attempts()).isEqualTo(1);
        assertThat(scene.store.size(Table.MESSAGES)).isZero();
        assertThat(scene.store.size(Table.CHATS)).isZero();
        assertThat(scene.store.size(Table.TIMERS)).isZero();
        assertThat(scene.store.size(Table.READY)).isZero();
    }

    @Test
    void waitsWhileTheAccountIsNotConnected() {
        OutboxScene scene = new OutboxScene().claim(1).status(AccountStatus.CONNECTING).send("m1");
        assertThat(scene.dispatched()).isEmpty();
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.QUEUED);
        scene.status(AccountStatus.CONNECTED);
        assertThat(scene.dispatched()).containsExactly("m1");
    }

    @Test
    void waitsBeforeAnybodyClaimedThePartition() {
        assertThat(new OutboxScene().send("m1").dispatched()).isEmpty();
    }

    @Test
    void aClaimMakesAllAccountsCountAsNotConnected() {
        OutboxScene scene = OutboxScene.connected().claim(2).send("m1");
        assertThat(scene.dispatched()).isEmpty();
        scene.status(AccountStatus.CONNECTED);
        assertThat(scene.lastDispatch("m1").epoch()).isEqualTo(new Epoch(2));
    }

    @Test
    void aStatusOfAFormerOwnerConnectsNothing() {
        OutboxScene scene = OutboxScene.connected().claim(2).status(AccountStatus.CONNECTED, new Epoch(1)).send("m1");
        assertThat(scene.dispatched()).isEmpty();
    }

    @Test
    void aReleasedPartitionDispatchesNothing() {
        assertThat(OutboxScene.connected().release().send("m1").dispatched()).isEmpty();
    }

    @Test
    void aSilentOwnerIsSentNothingUntilItIsHeardAgain() {
        OutboxScene scene = OutboxScene.connected().give(new Input.OwnerSilent(new Epoch(1))).send("m1");
        assertThat(scene.dispatched()).isEmpty();
        scene.give(new Input.OwnerHeard(new Epoch(1)));
        assertThat(scene.dispatched()).containsExactly("m1");
    }

    @Test
    void aFactOfANewerClaimCountsAsThatClaim() {
        OutboxScene scene = OutboxScene.connected().send("m1").status(AccountStatus.CONNECTED, new Epoch(7));
        assertThat(scene.lastDispatch("m1").epoch()).isEqualTo(new Epoch(7));
        assertThat(scene.lastDispatch("m1").attempt()).isEqualTo(2);
    }

    @Test
    void hasOneMessageInFlightForEachChat() {
        OutboxScene scene = OutboxScene.connected().send("m1").send("m2");
        assertThat(scene.dispatched()).containsExactly("m1");
        scene.sent("m1");
        assertThat(scene.dispatched()).containsExactly("m1", "m2");
    }

    @Test
    void servesFourChatsOfAnAccountInParallel() {
        OutboxScene scene = OutboxScene.connected();
        for (int i = 1; i <= 6; i++) {
            scene.send("m" + i, chat(i));
        }
        assertThat(scene.dispatched()).containsExactly("m1", "m2", "m3", "m4");
        scene.sent("m2");
        assertThat(scene.dispatched()).endsWith("m5").hasSize(5);
    }

    @Test
    void theOldestHeadGoesFirstWhicheverItsChat() {
        OutboxScene scene = new OutboxScene().claim(1);
        scene.send("m1", chat(9)).pass(Duration.ofSeconds(1)).send("m2", chat(1)).send("m3", chat(9));
        assertThat(scene.status(AccountStatus.CONNECTED).dispatched()).containsExactly("m1", "m2");
    }

    @Test
    void sendsABurstAndThenOneASecond() {
        OutboxScene scene = OutboxScene.connected();
        for (int i = 0; i < 25; i++) {
            scene.send("m" + i, chat(i));
            if (i < 20) {
                scene.sent("m" + i);
            }
        }
        assertThat(scene.dispatched()).hasSize(20);
        scene.pass(Duration.ofMillis(999));
        assertThat(scene.dispatched()).hasSize(20);
        scene.pass(Duration.ofMillis(51));
        assertThat(scene.dispatched()).hasSize(21);
        scene.pass(Duration.ofSeconds(2));
        assertThat(scene.dispatched()).hasSize(23);
    }

    @Test
    void pacingOutlivesATakeover() {
        OutboxScene scene = OutboxScene.connected();
        for (int i = 0; i < 20; i++) {
            scene.send("m" + i, chat(i)).sent("m" + i);
        }
        scene.claim(2).status(AccountStatus.CONNECTED).send("late");
        assertThat(scene.dispatched()).doesNotContain("late");
    }

    @Test
    void notAttemptedGivesItsTokenBack() {
        OutboxScene scene = OutboxScene.connected().send("m1");
        for (int i = 0; i < 50; i++) {
            scene.outcome("m1", Outcome.NOT_ATTEMPTED).pass(Duration.ofMillis(550));
        }
        assertThat(scene.dispatched()).hasSize(51);
    }
}
