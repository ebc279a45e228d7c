package io.wafleet.worker.session;

import io.wafleet.contract.AccountStatus;
import io.wafleet.worker.connector.ConnectionListener.Opened;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Connections that break come back by themselves, for ever; another client that keeps taking them ends in a conflict. */
class ReconnectTest {

    @ParameterizedTest
    @CsvSource({"408,timed_out", "428,connection_closed", "503,unavailable", "777,unknown_code", "-5,unknown_code"})
    void reconnectsAfterWhatIsNotTerminal(int code, String reason) {
        Scene scene = Scene.open().closes(code);

        assertThat(scene.status()).isEqualTo(AccountStatus.RECONNECTING);
        assertThat(scene.account().reason()).isEqualTo(reason);
        assertThat(scene.account().code()).isEqualTo(code);
        assertThat(scene.account().requiresQr()).isFalse();
        assertThat(scene.session.nextAttemptAt()).isBetween(scene.now.plusSeconds(1), scene.now.plusSeconds(2));
    }

    @Test
    void reconnectsAfterABrokenNetworkAndAfterADeafConnection() {
        assertThat(Scene.open().closes(null, "Connection reset").account().reason()).isEqualTo("network");
        Scene deaf = Scene.open().closes(null, "keepalive_timeout");
        assertThat(deaf.account().reason()).isEqualTo("keepalive_timeout");
        assertThat(deaf.account().code()).isNull();
        assertThat(deaf.status()).isEqualTo(AccountStatus.RECONNECTING);
    }

    @Test
    void failedReconnectsGoOnWithoutLimitAndAtMostFiveMinutesApart() {
        Scene scene = Scene.open();
        for (int i = 0; i < 1000; i++) {
            scene.closes(428);
            assertThat(scene.status()).isEqualTo(AccountStatus.RECONNECTING);
            assertThat(Objects.requireNonNull(scene.session.nextAttemptAt()))
                    .isBetween(scene.now.plusSeconds(1), scene.now.plus(Duration.ofMinutes(5)));
            scene.fires(SessionTimer.RECONNECT).permit();
        }
        assertThat(scene.hears(new Opened()).status()).isEqualTo(AccountStatus.CONNECTED);
    }

    @Test
    void backoffGrowsWithEachFailureAndStartsAnewAfterAMinuteOfStability() {
        Scene scene = Scene.open().closes(503).fires(SessionTimer.RECONNECT).permit().closes(503);
        Duration second = Duration.between(scene.now, Objects.requireNonNull(scene.session.nextAttemptAt()));
        assertThat(second).isEqualTo(Duration.ofMillis(2500));

        Scene shaky = scene.fires(SessionTimer.RECONNECT).opens().after(Duration.ofSeconds(59)).closes(503);
        assertThat(Duration.between(shaky.now, Objects.requireNonNull(shaky.session.nextAttemptAt())))
                .isEqualTo(Duration.ofMillis(4500));

        Scene stable = scene.fires(SessionTimer.RECONNECT).opens().fires(SessionTimer.STABLE).closes(503);
        assertThat(Duration.between(stable.now, Objects.requireNonNull(stable.session.nextAttemptAt())))
                .isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void jitterSpreadsTheWaitOverTheWholeRange() {
        SessionPolicy policy = SessionPolicy.DEFAULT;
        assertThat(policy.backoff(1, 0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(policy.backoff(1, 0.999)).isBetween(Duration.ofMillis(1990), Duration.ofSeconds(2));
        assertThat(policy.backoff(5, 0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(policy.backoff(Integer.MAX_VALUE, 0.9999)).isBetween(Duration.ofSeconds(299),
                Duration.ofMinutes(5));
    }

    @Test
    void connectionThatNeverOpensIsClosedAndTriedAgain() {
        Scene scene = Scene.waiting().fires(SessionTimer.RECONNECT).permit().fires(SessionTimer.CONNECT);

        assertThat(scene.has(SessionEffect.CloseConnection.class)).isTrue();
        assertThat(scene.account().reason()).isEqualTo("connect_timeout");
        assertThat(scene.fires(SessionTimer.RECONNECT).has(SessionEffect.AwaitTurn.class)).isTrue();
    }

    @Test
    void statusStaysReconnectingWithItsReasonWhileTheAttemptIsMade() {
        Scene scene = Scene.open().closes(503);
        var since = scene.account().since();

        scene.fires(SessionTimer.RECONNECT).permit();

        assertThat(scene.status()).isEqualTo(AccountStatus.RECONNECTING);
        assertThat(scene.account().reason()).isEqualTo("unavailable");
        assertThat(scene.account().since()).isEqualTo(since);
        assertThat(scene.session.nextAttemptAt()).isNull();
    }

    @Test
    void whoeverStandsThereWithAPhoneDoesNotWaitForThoseThatOnlyLogInAgain() {
        Scene scene = Scene.waiting().fires(SessionTimer.RECONNECT);
        assertThat(scene.effect(SessionEffect.AwaitTurn.class).urgent()).isFalse();
        assertThat(scene.regenerate(false).effect(SessionEffect.AwaitTurn.class).urgent()).isTrue();
        assertThat(scene.regenerate(false).has(SessionEffect.AwaitTurn.class)).as("keeps its place").isFalse();
    }

    @Test
    void restartRequiredReopensAtOnceAndIsNoFailure() {
        Scene scene = Scene.open().closes(515);

        assertThat(scene.has(SessionEffect.AwaitTurn.class)).isTrue();
        assertThat(scene.account().reason()).isEqualTo("restart_required");
        assertThat(scene.session.link().past().failures()).isZero();
        assertThat(scene.permit().effect(SessionEffect.OpenConnection.class).withCredentials()).isTrue();
    }

    @Test
    void serverThatAlwaysAsksForARestartIsNotHammered() {
        Scene scene = Scene.open();
        for (int i = 0; i < 2; i++) {
            scene.closes(515).permit();
        }
        scene.closes(515);

        assertThat(scene.session.nextAttemptAt()).isNotNull();
    }

    @Test
    void replacedConnectionStepsDownForThirtySecondsAndThenTriesOnce() {
        Scene scene = Scene.open().closes(440);

        assertThat(scene.status()).isEqualTo(AccountStatus.RECONNECTING);
        assertThat(scene.account().reason()).isEqualTo("replaced");
        assertThat(scene.session.nextAttemptAt()).isEqualTo(scene.now.plusSeconds(30));
        assertThat(scene.fires(SessionTimer.RECONNECT).opens().status()).isEqualTo(AccountStatus.CONNECTED);
    }

    @Test
    void replacedTwiceInFiveMinutesIsAConflictThatWaitsForAPerson() {
        Scene scene = Scene.open().closes(440).fires(SessionTimer.RECONNECT).opens().after(Duration.ofMinutes(4))
                .closes(440);

        assertThat(scene.status()).isEqualTo(AccountStatus.CONFLICT);
        assertThat(scene.account().code()).isEqualTo(440);
        assertThat(scene.account().requiresQr()).isFalse();
        assertThat(Deadlines.of(scene.session)).isEmpty();
        assertThat(scene.permit().effects).isEmpty();
    }

    @Test
    void replacedAgainAfterMoreThanFiveMinutesIsNoConflict() {
        Scene scene = Scene.open().closes(440).fires(SessionTimer.RECONNECT).opens().after(Duration.ofMinutes(6))
                .closes(440);

        assertThat(scene.status()).isEqualTo(AccountStatus.RECONNECTING);
    }

    @Test
    void personEndsAConflictByReconnecting() {
        Scene scene = Scene.open().closes(440).fires(SessionTimer.RECONNECT).opens().closes(440).reconnect();

        assertThat(scene.status()).isEqualTo(AccountStatus.CONNECTING);
        assertThat(scene.opens().status()).isEqualTo(AccountStatus.CONNECTED);
        assertThat(scene.closes(440).status()).isEqualTo(AccountStatus.RECONNECTING);
    }

    @Test
    void takeoverIsNoWayAroundAConflict() {
        Scene before = Scene.open().closes(440);
        Scene scene = Scene.restored(before.account(), true).opens().closes(440);

        assertThat(scene.status()).isEqualTo(AccountStatus.CONFLICT);
    }

    @Test
    void whatAnOlderConnectionSaysIsIgnored() {
        Scene scene = Scene.waiting();
        ConnectionNumber old = new ConnectionNumber(2);
        scene.fires(SessionTimer.RECONNECT).opens();
        Session before = scene.session;

        scene.hears(old, new io.wafleet.worker.connector.ConnectionListener.Closed(401, "logged out"));

        assertThat(scene.session).isSameAs(before);
        assertThat(scene.effects).isEmpty();
    }

    @Test
    void timerThatIsNoLongerAwaitedIsIgnored() {
        Scene scene = Scene.linked().permit();
        var due = scene.due(SessionTimer.CONNECT);
        scene.qr("qr-1");
        Session before = scene.session;

        scene.happens(new SessionEvent.TimerFired(due, SessionTimer.CONNECT, due, Scene.JITTER));

        assertThat(scene.session).isSameAs(before);
    }
}
