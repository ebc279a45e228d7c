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
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The simulated connector keeps the contract against the real simulator. */
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
                new SimulatedConnectorSettings(URI.create("ws://127.0.0.1:1/ws")), TIMING, System::nanoTime,
                new SimpleMeterRegistry())) {
            Heard heard = new Heard();
            lonely.open(new ConnectRequest(new AccountId("a"), PHONE, Credentials.NONE), heard);

            assertThat(heard.first(Closed.class).code()).isNull();
        }
    }

    @Test
    void thousandConnectionsShareAFewThreads() {
        List<Heard> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Heard heard = new Heard();
            all.add(heard);
            connector.open(new ConnectRequest(new AccountId("account_test_many_" + i), PHONE, Credentials.NONE), heard);
        }
        all.forEach(heard -> heard.first(QrShown.class));

        long ours = Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith("simulated-connector")).count();
        assertThat(ours).isLessThanOrEqualTo(5);
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
