package io.wafleet.outbox.core;

import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.OutboxRequest;
import io.wafleet.contract.Pacing;
import io.wafleet.contract.Reply.PacingReply;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static io.wafleet.outbox.core.OutboxScene.ANA;
import static org.assertj.core.api.Assertions.assertThat;

/** A pacing of an account's own. */
class PacingTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void anAccountWithoutPacingOfItsOwnHasThePolicys() {
        assertThat(told(new OutboxScene())).isEqualTo(new Pacing(20, 1000));
        assertThat(reply(new OutboxScene()).overridden()).isFalse();
    }

    @Test
    void anAccountsOwnPacingCountsAtOnce() {
        OutboxScene scene = set(OutboxScene.connected(), 2, 10_000);
        sendTo(scene, 4);
        assertThat(scene.dispatched()).hasSize(2);
        scene.pass(SECOND.multipliedBy(9));
        assertThat(scene.dispatched()).hasSize(2);
        scene.pass(SECOND);
        assertThat(scene.dispatched()).hasSize(3);
    }

    @Test
    void aFasterPacingLetsGoWhatWaitsForASlowerOne() {
        OutboxScene scene = set(OutboxScene.connected(), 1, 3_600_000);
        sendTo(scene, 3);
        assertThat(scene.dispatched()).hasSize(1);
        set(scene, 10, 100).pass(Duration.ofMillis(200));
        assertThat(scene.dispatched()).hasSize(3);
    }

    @Test
    void aPacingOfItsOwnSurvivesTakeoverAndRebuild() {
        OutboxScene scene = set(OutboxScene.connected(), 3, 2_000).claim(2).status(AccountStatus.CONNECTED);
        assertThat(told(scene)).isEqualTo(new Pacing(3, 2_000));
        AccountRow rebuilt = Crash.rebuilt(scene.store, scene.now()).get(Table.ACCOUNTS, Key.of(ANA));
        assertThat(rebuilt).isNotNull();
        assertThat(rebuilt.pacing()).isEqualTo(new Pacing(3, 2_000));
    }

    @Test
    void clearedThePolicysCountsAgain() {
        OutboxScene scene = set(OutboxScene.connected(), 3, 2_000);
        scene.ask(new OutboxRequest.ClearPacing(new CommandId("c"), ANA, scene.now()));
        assertThat(told(scene)).isEqualTo(new Pacing(20, 1000));
    }

    @Test
    void aDeletedAccountLosesIts() {
        OutboxScene scene = set(OutboxScene.connected(), 3, 2_000).status(AccountStatus.DELETED);
        assertThat(told(scene)).isEqualTo(new Pacing(20, 1000));
    }

    @Test
    void askingForPacingMakesNoRowForAnAccountNobodyKnows() {
        OutboxScene scene = new OutboxScene();
        told(scene);
        assertThat(scene.store.get(Table.ACCOUNTS, Key.of(ANA))).isNull();
    }

    private static void sendTo(OutboxScene scene, int chats) {
        for (int i = 0; i < chats; i++) {
            scene.send("m" + i, OutboxScene.chat(i));
        }
    }

    private static OutboxScene set(OutboxScene scene, int burst, long intervalMs) {
        return scene.ask(new OutboxRequest.SetPacing(new CommandId("s"), ANA, new Pacing(burst, intervalMs),
                scene.now()));
    }

    private static Pacing told(OutboxScene scene) {
        return reply(scene).pacing();
    }

    private static PacingReply reply(OutboxScene scene) {
        scene.ask(new OutboxRequest.TellPacing(new CommandId("t"), ANA, scene.now()));
        return ((Output.PacingTold) scene.outputs.getLast()).reply();
    }
}
