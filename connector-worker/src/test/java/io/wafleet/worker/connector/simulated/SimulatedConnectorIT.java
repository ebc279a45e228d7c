package io.wafleet.worker.connector.simulated;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.worker.connector.ConnectRequest;
import io.wafleet.worker.connector.ConnectionListener.Closed;
import io.wafleet.worker.connector.ConnectionListener.QrShown;
import io.wafleet.worker.connector.Connector;
import io.wafleet.worker.connector.ConnectorContract;
import io.wafleet.worker.connector.Credentials;
import io.wafleet.worker.connector.Heard;
import io.wafleet.worker.connector.KeepAlive;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The simulated connector keeps the contract against the real simulator. */
@Execution(ExecutionMode.SAME_THREAD)
class SimulatedConnectorIT extends ConnectorContract {
    private static final KeepAlive.Timing TIMING = new KeepAlive.Timing(Duration.ofSeconds(25),
            Duration.ofSeconds(90));
    private static final PhoneNumber PHONE = new PhoneNumber("+40712345678");

    private static RunningSimulator simulator;

    private final SimulatedConnector connector = simulator.connector(TIMING);

    @BeforeAll
    static void start() {
        simulator = new RunningSimulator();
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @AfterEach
    void disconnect() {
        connector.close();
    }

    @Override
    protected Connector connector() {
        return connector;
    }

    @Override
    protected People people() {
        return simulator;
    }

    @Test
    void simulatorThatIsNotThereIsAClosedConnection() {
        try (SimulatedConnector lonely = new SimulatedConnector(
                new SimulatedConnectorSettings(URI.create("ws://127.0.0.1:1/ws")), TIMING, System::nanoTime, () -> true,
                new SimpleMeterRegistry())) {
            Heard heard = new Heard();
            lonely.open(new ConnectRequest(new AccountId("a"), PHONE, Credentials.NONE), heard);

            assertThat(heard.first(Closed.class).code()).isNull();
        }
    }

    @Test
    void serverThatNeverAgreesToTheHandshakeIsAClosedConnection() throws IOException {
        AtomicLong now = new AtomicLong();
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SimulatedConnector patient = new SimulatedConnector(
                        new SimulatedConnectorSettings(URI.create("ws://127.0.0.1:" + silent.getLocalPort() + "/ws")),
                        TIMING, now::get, () -> true, new SimpleMeterRegistry())) {
            Heard heard = new Heard();
            patient.open(new ConnectRequest(new AccountId("a"), PHONE, Credentials.NONE), heard);

            now.set(Duration.ofSeconds(21).toNanos());

            assertThat(heard.first(Closed.class)).isEqualTo(new Closed(null, "connection not made"));
            await().atMost(Duration.ofSeconds(20)).until(() -> patient.liveConnections() == 0);
        }
    }

    @Test
    void saysNothingOnceItMayNotActAnyMore() {
        AtomicBoolean mayAct = new AtomicBoolean();
        try (SimulatedConnector late = simulator.connector(TIMING, mayAct::get)) {
            ConnectRequest request = new ConnectRequest(new AccountId("account_test_late"), PHONE, Credentials.NONE);
            Heard heard = new Heard();
            late.open(request, heard);
            assertThat(heard.first(Closed.class)).isEqualTo(new Closed(null, "may not act any more"));
            assertThat(heard.all()).hasSize(1);

            mayAct.set(true);
            Heard again = new Heard();
            late.open(request, again);
            again.first(QrShown.class);
        }
    }

    @Test
    void thousandConnectionsShareAFewThreadsAndLeaveNone() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        long closingSince;
        try (SimulatedConnector crowded = simulator.connector(TIMING)) {
            List<Heard> all = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                Heard heard = new Heard();
                all.add(heard);
                crowded.open(new ConnectRequest(new AccountId("account_test_many_" + i), PHONE, Credentials.NONE),
                        heard);
            }
            all.forEach(heard -> heard.first(QrShown.class));
            assertThat(startedSince(before)).hasSizeLessThanOrEqualTo(5);
            closingSince = System.nanoTime();
        }

        assertThat(Duration.ofNanos(System.nanoTime() - closingSince)).isLessThan(Duration.ofSeconds(5));
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(startedSince(before)).isEmpty());
    }

    private static List<Thread> startedSince(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && !thread.getName().startsWith("awaitility")).toList();
    }

    @Test
    void closedConnectorEndsItsConnectionsAndOpensNoMore() {
        Heard before = new Heard();
        ConnectRequest request = new ConnectRequest(new AccountId("account_test_closing"), PHONE, Credentials.NONE);
        connector.open(request, before);
        before.first(QrShown.class);

        connector.close();
        Heard after = new Heard();
        connector.open(request, after);

        assertThat(before.all(Closed.class)).isEmpty();
        assertThat(after.all()).isEmpty();
    }
}
