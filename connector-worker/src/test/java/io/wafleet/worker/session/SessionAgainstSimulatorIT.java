package io.wafleet.worker.session;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Event.Outcome;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.settings.Settings;
import io.wafleet.worker.connector.ConnectRequest;
import io.wafleet.worker.connector.Connection;
import io.wafleet.worker.connector.ConnectionListener.Closed;
import io.wafleet.worker.connector.Credentials;
import io.wafleet.worker.connector.Heard;
import io.wafleet.worker.connector.KeepAlive;
import io.wafleet.worker.connector.simulated.RunningSimulator;
import io.wafleet.worker.connector.simulated.SimulatedConnector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static io.wafleet.contract.AccountStatus.CONFLICT;
import static io.wafleet.contract.AccountStatus.CONNECTED;
import static io.wafleet.contract.AccountStatus.DELETED;
import static io.wafleet.contract.AccountStatus.NEEDS_QR;
import static io.wafleet.contract.AccountStatus.QR_READY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The session machine, a real connector and the real simulator together, with short timers. */
@Execution(ExecutionMode.SAME_THREAD)
class SessionAgainstSimulatorIT {
    private static final SessionPolicy HASTY = hasty("20s");
    private static final SessionPolicy HASTY_WITH_ACKS = hasty("300ms");
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final AtomicLong NUMBERS = new AtomicLong(40_710_000_000L);

    private static RunningSimulator simulator;

    private final SimulatedConnector connector = simulator
            .connector(new KeepAlive.Timing(HASTY.keepAliveInterval(), HASTY.keepAliveTimeout()));
    private final PhoneNumber friend = new PhoneNumber("+" + NUMBERS.incrementAndGet());
    private final LiveSession session = newSession();

    @BeforeAll
    static void start() {
        simulator = new RunningSimulator();
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @AfterEach
    void end() {
        session.close();
        connector.close();
    }

    /** In a hurry, but not with what a busy machine itself may delay. */
    private static SessionPolicy hasty(String sendAckTimeout) {
        return SessionPolicy.from(Settings.of(Map.of("session.connect-timeout", "5s", "session.stable-after", "200ms",
                "session.backoff-min", "20ms", "session.backoff-max", "100ms", "session.replaced-wait", "300ms",
                "session.replaced-window", "30s", "session.send-ack-timeout", sendAckTimeout,
                "session.keep-alive-interval", "100ms", "session.keep-alive-timeout", "3s")));
    }

    private LiveSession newSession() {
        long number = NUMBERS.incrementAndGet();
        return new LiveSession(HASTY, connector, new AccountId("account_test_" + number),
                new PhoneNumber("+" + number));
    }

    private LiveSession connected() {
        return connected(session);
    }

    private static LiveSession connected(LiveSession session) {
        session.link().becomes(QR_READY);
        simulator.scan(session.account, session.phone);
        return session.becomes(CONNECTED);
    }

    @Test
    void scanLeadsThroughTheRestartToConnected() {
        connected();

        assertThat(session.history).containsExactly("connecting", "qr_ready", "connecting", "connected");
        assertThat(session.state().requiresQr()).isFalse();
        assertThat(simulator.connections(session.account)).isEqualTo(2);
    }

    @Test
    void messagesGoBothWaysAndEachCounterIsUsedOnce() {
        connected();
        for (int i = 0; i < 20; i++) {
            session.dispatch("S" + i, friend);
            simulator.write(friend, session.phone, "hello " + i);
        }
        await().atMost(PATIENCE).until(() -> session.outcomes.size() == 20 && session.inbound.size() == 20);

        assertThat(session.outcomes).containsOnly(Outcome.SENT);
        assertThat(simulator.receivedFrom(session.phone)).hasSize(20);
        assertThat(simulator.undecryptable(session.phone)).isZero();
    }

    @Test
    void pairingReopensWhenNobodyScannedInTime() {
        try (RunningSimulator brisk = new RunningSimulator(
                Map.of("simulator.qr.first.validity", "100ms", "simulator.qr.refs", "1"));
                SimulatedConnector itsConnector = brisk
                        .connector(new KeepAlive.Timing(HASTY.keepAliveInterval(), HASTY.keepAliveTimeout()));
                LiveSession patient = new LiveSession(HASTY, itsConnector, session.account, session.phone)) {
            patient.link();

            await().atMost(PATIENCE).until(() -> brisk.connections(session.account) >= 4);

            assertThat(patient.history).startsWith("connecting", "qr_ready", "connecting", "qr_ready")
                    .doesNotContain("needs_qr", "reconnecting");
        }
    }

    @Test
    void pairingGoesOnWhenWhatsAppShowsNoQrAtFirst() {
        simulator.fault(Map.of("kind", "few-qrs", "of", List.of(session.account.value()), "refs", 0, "next", 1));
        session.link().becomes(QR_READY);

        assertThat(session.history).containsExactly("connecting", "reconnecting", "qr_ready");
        simulator.scan(session.account, session.phone);
        session.becomes(CONNECTED);
    }

    @Test
    void accountComesBackByItselfFromWhateverIsNotTerminal() {
        connected();
        for (int code : new int[]{408, 428, 503, 515, 777}) {
            int before = simulator.connections(session.account);
            simulator.close(session.phone, code);
            await().atMost(PATIENCE).until(() -> simulator.connections(session.account) > before);
            session.becomes(CONNECTED);
        }
        simulator.drop(session.phone);
        await().atMost(PATIENCE).until(() -> session.history.stream().filter("connected"::equals).count() == 7);
    }

    @Test
    void loggedOutAccountMakesNotOneMoreConnection() {
        connected();
        simulator.removeDevice(session.phone);
        session.becomes(NEEDS_QR);
        int connections = simulator.connections(session.account);

        // Ten times the longest backoff.
        await().during(Duration.ofSeconds(1)).atMost(PATIENCE)
                .until(() -> simulator.connections(session.account) == connections);
        assertThat(session.credentials().isEmpty()).isTrue();
        assertThat(session.state().reason()).isEqualTo("logged_out");
    }

    @Test
    void deafConnectionIsReplacedByALiveOne() {
        connected();
        simulator.fault(Map.of("kind", "deaf", "of", List.of(session.phone.e164())));

        await().atMost(PATIENCE).until(() -> session.history.contains("reconnecting"));
        session.becomes(CONNECTED);
    }

    @Test
    void ofTwoOwnersTheReplacedOneTriesOnceMoreAndThenLeavesItToAPerson() {
        connected();
        try (LiveSession usurper = session.usurped(HASTY)) {
            // They take it from each other until the first of them has lost it twice.
            await().atMost(PATIENCE).until(() -> session.history.contains("conflict")
                    || usurper.history.contains("conflict"));
            LiveSession loser = session.history.contains("conflict") ? session : usurper;
            LiveSession winner = loser == session ? usurper : session;
            winner.becomes(CONNECTED);
            loser.becomes(CONFLICT);
        }
    }

    @Test
    void scanByAnotherPhoneIsSentAwayAndItsPairingGivenUp() {
        session.link().becomes(QR_READY);
        simulator.scan(session.account, friend);
        session.becomes(NEEDS_QR);

        assertThat(session.state().reason()).isEqualTo("phone_mismatch");
        assertThat(session.credentials().isEmpty()).isTrue();
        await().atMost(PATIENCE).until(() -> !simulator.hasDevice(friend));
    }

    @Test
    void deletedAccountIsLoggedOutAtWhatsApp() {
        connected();
        Credentials credentials = session.credentials();
        session.delete().becomes(DELETED);

        await().atMost(PATIENCE).until(() -> !simulator.hasDevice(session.phone));
        Heard heard = new Heard();
        Connection late = connector.open(new ConnectRequest(session.account, session.phone, credentials), heard);
        assertThat(heard.first(Closed.class).code()).isEqualTo(401);
        late.close(false);
    }

    @Test
    void forcedRegenerationUnlinksAndPairsAnew() {
        connected();
        session.regenerateByForce().becomes(QR_READY);
        await().atMost(PATIENCE).until(() -> !simulator.hasDevice(session.phone));

        simulator.scan(session.account, session.phone);
        session.becomes(CONNECTED);
    }

    @Test
    void lostAckIsUnknownAndALateOneStillSent() {
        try (LiveSession hasty = new LiveSession(HASTY_WITH_ACKS, connector, session.account, session.phone)) {
            connected(hasty);
            String who = hasty.phone.e164();
            simulator.fault(Map.of("kind", "lose-acks", "of", List.of(who), "next", 1));
            hasty.dispatch("L1", friend);
            await().atMost(PATIENCE).until(() -> hasty.outcomes.size() == 1);
            assertThat(hasty.outcomes).containsExactly(Outcome.UNKNOWN);

            simulator.fault(Map.of("kind", "delay-acks", "of", List.of(who), "delayMs", 2_000, "next", 1));
            hasty.dispatch("L2", friend);
            await().atMost(PATIENCE).until(() -> hasty.outcomes.size() == 3);
            assertThat(hasty.outcomes).containsExactly(Outcome.UNKNOWN, Outcome.UNKNOWN, Outcome.SENT);
            assertThat(simulator.receivedFrom(hasty.phone)).containsExactly(new MessageId("L1"), new MessageId("L2"));
        }
    }
}
