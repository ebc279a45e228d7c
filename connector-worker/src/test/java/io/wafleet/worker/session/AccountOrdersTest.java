package io.wafleet.worker.session;

import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.DesiredState;
import io.wafleet.contract.Event.Outcome;
import io.wafleet.contract.Reply.CommandResult;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What people order, and what they are told. */
class AccountOrdersTest {

    private static final List<UnaryOperator<Scene>> ALL_BUT_LINK = List.of(s -> s.regenerate(false),
            Scene::pairingCode, Scene::disconnect, Scene::reconnect, s -> s.rename("x"), Scene::delete);

    private static SessionEffect.Answer answer(Scene scene) {
        return scene.effect(SessionEffect.Answer.class);
    }

    @Test
    void ordersForAnUnknownAccountAreRefused() {
        for (UnaryOperator<Scene> order : ALL_BUT_LINK) {
            Scene scene = order.apply(Scene.ofUnknown());
            assertThat(answer(scene).code()).isEqualTo("account_unknown");
            assertThat(answer(scene).status()).isNull();
            assertThat(scene.session.account()).isNull();
        }
    }

    @Test
    void ordersForADeletedAccountAreRefusedButDeletingItAgain() {
        for (UnaryOperator<Scene> order : ALL_BUT_LINK.subList(0, 5)) {
            assertThat(answer(order.apply(Scene.open().delete())).code()).isEqualTo("deleted");
        }
        assertThat(answer(Scene.open().delete().delete()).result()).isEqualTo(CommandResult.APPLIED);
    }

    @Test
    void linkingAConnectedAccountAnswersWithTheAccountAsItIs() {
        Scene scene = Scene.open();
        Session before = scene.session;

        scene.link();

        assertThat(answer(scene).result()).isEqualTo(CommandResult.APPLIED);
        assertThat(answer(scene).status()).isEqualTo(AccountStatus.CONNECTED);
        assertThat(scene.session.link()).isEqualTo(before.link());
        assertThat(scene.effects).hasSize(1);
    }

    @Test
    void linkingAnAccountThatShowsItsQrShowsItAgain() {
        assertThat(Scene.showingQr().link().effect(SessionEffect.AnnounceQr.class).text()).isEqualTo("qr-1");
        assertThat(Scene.showingCode().link().has(SessionEffect.AnnouncePairingCode.class)).isTrue();
    }

    @Test
    void linkingNeverMovesAnAccountToAnotherPhone() {
        Scene scene = Scene.open().link(Scene.OTHER_PHONE, "x");

        assertThat(answer(scene).code()).isEqualTo("phone_mismatch");
        assertThat(scene.account().phone()).isEqualTo(Scene.PHONE);
        assertThat(scene.account().name()).isNull();
    }

    @Test
    void linkingADeletedAccountBringsItBackUnderTheSameId() {
        Scene scene = Scene.open().delete();
        var created = scene.account().createdAt();
        scene.after(Duration.ofDays(1)).link();

        assertThat(scene.account().account()).isEqualTo(Scene.ACCOUNT);
        assertThat(scene.account().createdAt()).isEqualTo(created);
        assertThat(scene.account().desired()).isEqualTo(DesiredState.CONNECTED);
        assertThat(scene.permit().qr("q").status()).isEqualTo(AccountStatus.QR_READY);
    }

    @Test
    void linkingADisconnectedAccountConnectsItWithTheCredentialsItHas() {
        Scene scene = Scene.open().disconnect().link();

        assertThat(scene.account().desired()).isEqualTo(DesiredState.CONNECTED);
        assertThat(scene.permit().effect(SessionEffect.OpenConnection.class).withCredentials()).isTrue();
    }

    @Test
    void linkingAnAccountThatWaitsToReconnectTriesAtOnce() {
        assertThat(Scene.waiting().link().has(SessionEffect.AwaitTurn.class)).isTrue();
    }

    @Test
    void nameIsKeptUnlessAnotherIsGiven() {
        Scene scene = Scene.open().rename("Shop").link();
        assertThat(scene.account().name()).isEqualTo("Shop");
        assertThat(scene.link(Scene.PHONE, "Bar").account().name()).isEqualTo("Bar");
    }

    @Test
    void disconnectClosesTheConnectionAndKeepsTheCredentials() {
        Scene scene = Scene.open().dispatch("m1", 1).disconnect();

        assertThat(scene.status()).isEqualTo(AccountStatus.DISCONNECTED);
        assertThat(scene.account().desired()).isEqualTo(DesiredState.DISCONNECTED);
        assertThat(scene.account().reason()).isEqualTo("user_disconnect");
        assertThat(scene.effect(SessionEffect.CloseConnection.class).logOut()).isFalse();
        assertThat(scene.has(SessionEffect.ClearCredentials.class)).isFalse();
        assertThat(scene.outcomes()).containsExactly(Outcome.UNKNOWN);
        assertThat(scene.account().requiresQr()).isFalse();
        assertThat(Deadlines.of(scene.session)).isEmpty();
    }

    @Test
    void turnThatComesAfterADisconnectIsNotTaken() {
        Scene scene = Scene.waiting().fires(SessionTimer.RECONNECT).disconnect().permit();

        assertThat(scene.effects).isEmpty();
        assertThat(scene.status()).isEqualTo(AccountStatus.DISCONNECTED);
    }

    @Test
    void disconnectDuringAPairingGivesThePairingUp() {
        Scene scene = Scene.showingQr().disconnect();

        assertThat(scene.status()).isEqualTo(AccountStatus.DISCONNECTED);
        assertThat(scene.account().requiresQr()).isTrue();
        assertThat(scene.account().pairingEndsAt()).isNull();
        assertThat(answer(scene.reconnect()).code()).isEqualTo("needs_qr");
    }

    @Test
    void disconnectedAccountStaysSoAcrossATakeoverUntilItIsReconnected() {
        Scene scene = Scene.restored(Scene.open().disconnect().account(), true);
        assertThat(scene.effects).isEmpty();
        assertThat(scene.status()).isEqualTo(AccountStatus.DISCONNECTED);

        scene.reconnect();
        assertThat(scene.status()).isEqualTo(AccountStatus.CONNECTING);
        assertThat(scene.opens().status()).isEqualTo(AccountStatus.CONNECTED);
    }

    @Test
    void reconnectDoesNotWaitForTheBackoff() {
        Scene scene = Scene.waiting().reconnect();

        assertThat(scene.has(SessionEffect.AwaitTurn.class)).isTrue();
        assertThat(scene.effects).contains(new SessionEffect.CancelTimer(SessionTimer.RECONNECT));
    }

    @Test
    void reconnectOfAConnectedAccountIsAppliedAndChangesNothing() {
        Scene scene = Scene.open().reconnect();

        assertThat(answer(scene).result()).isEqualTo(CommandResult.APPLIED);
        assertThat(scene.effects).hasSize(1);
    }

    @Test
    void deleteLogsOutWhenConnectedAndClearsTheCredentials() {
        Scene scene = Scene.open().delete();

        assertThat(scene.effect(SessionEffect.CloseConnection.class).logOut()).isTrue();
        assertThat(scene.has(SessionEffect.ClearCredentials.class)).isTrue();
        assertThat(scene.status()).isEqualTo(AccountStatus.DELETED);
        assertThat(scene.account().desired()).isEqualTo(DesiredState.DELETED);
    }

    @Test
    void deleteWithoutAConnectionStillClearsTheCredentials() {
        Scene scene = Scene.waiting().delete();

        assertThat(scene.has(SessionEffect.CloseConnection.class)).isFalse();
        assertThat(scene.has(SessionEffect.ClearCredentials.class)).isTrue();
        assertThat(Scene.restored(scene.account(), false).effects).isEmpty();
    }

    @Test
    void lastAppliedOrderIsKeptAndARefusedOneIsNot() {
        Scene scene = Scene.open().rename("Shop");
        CommandId renamed = Objects.requireNonNull(scene.account().lastCommand());

        assertThat(scene.regenerate(false).account().lastCommand()).isEqualTo(renamed);
        assertThat(scene.reconnect().account().lastCommand()).isNotEqualTo(renamed);
    }
}
