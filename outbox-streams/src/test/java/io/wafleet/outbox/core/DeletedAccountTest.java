package io.wafleet.outbox.core;

import io.wafleet.contract.Event.Outcome;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.Reply.RequestResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static io.wafleet.contract.AccountStatus.CONNECTED;
import static io.wafleet.contract.AccountStatus.CONNECTING;
import static io.wafleet.contract.AccountStatus.DELETED;
import static org.assertj.core.api.Assertions.assertThat;

/** What a deleted account leaves behind: nothing that is sent when somebody adds it again. */
class DeletedAccountTest {
    @Test
    void whatWaitsIsCancelledAndNeverLeaves() {
        OutboxScene scene = new OutboxScene().claim(1).send("m1").send("m2", OutboxScene.chat(2)).status(DELETED);
        assertThat(scene.statuses.values()).hasSize(2).allSatisfy(message -> {
            assertThat(message.status()).isEqualTo(MessageStatus.CANCELLED);
            assertThat(message.reason()).isEqualTo("account_deleted");
        });
        assertThat(scene.status(CONNECTED).pass(Duration.ofDays(2)).dispatched()).isEmpty();
        assertThat(scene.store.size(Table.TIMERS) + scene.store.size(Table.CHATS)).isZero();
        assertThat(QueueFigures.of(scene.store, scene.now()).queued()).isZero();
    }

    @Test
    void whatIsOutMayHaveBeenWrittenAndSaysSo() {
        OutboxScene scene = OutboxScene.connected().send("m1").send("m2").status(DELETED);
        assertThat(scene.statusOf("m1")).isEqualTo(MessageStatus.CANCELLED);
        assertThat(scene.message("m1").reason()).isEqualTo("outcome_unknown");
        assertThat(scene.message("m2").reason()).isEqualTo("account_deleted");
        assertThat(scene.sent("m1").statusOf("m1")).isEqualTo(MessageStatus.SENT);
        assertThat(scene.outputs).filteredOn(Output.Dispatch.class::isInstance).hasSize(1);
    }

    @Test
    void aMessageForItIsCancelledAtOnce() {
        OutboxScene scene = new OutboxScene().claim(1).status(DELETED).sendKeyed("m1", "k", "f");
        assertThat(scene.lastAnswer().result()).isEqualTo(RequestResult.ACCEPTED);
        assertThat(scene.message("m1").reason()).isEqualTo("account_deleted");
        assertThat(scene.status(CONNECTED).send("m2").dispatched()).containsExactly("m2");
    }

    @Test
    void aFailedMessageOfItCannotBeTriedAgain() {
        OutboxScene scene = OutboxScene.connected().send("m1").outcome("m1", Outcome.PERMANENT).status(DELETED);
        assertThat(scene.retry("m1").lastAnswer().code()).isEqualTo("account_deleted");
        assertThat(scene.status(CONNECTING).retry("m1").lastAnswer().result()).isEqualTo(RequestResult.ACCEPTED);
    }
}
