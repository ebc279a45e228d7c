package io.wafleet.worker.connector.simulated;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.simulator.ServerFrame;
import io.wafleet.worker.connector.ConnectRequest;
import io.wafleet.worker.connector.ConnectionListener.Closed;
import io.wafleet.worker.connector.ConnectionListener.QrShown;
import io.wafleet.worker.connector.ConnectionListener.Signal;
import io.wafleet.worker.connector.Credentials;
import io.wafleet.worker.connector.Heard;
import io.wafleet.worker.connector.KeepAlive;
import io.wafleet.worker.connector.simulated.DroppingServer.Drop;
import io.wafleet.worker.connector.simulated.DroppingServer.Moment;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A connection that drops right behind a frame is told as closed at once, however often it happens. No keep-alive is quick enough to
 * help here: what is told comes from the socket alone.
 */
class SuddenDropIT {
    private static final int BATCHES = 10;
    private static final int BATCH = 100;
    /** Far less than the first ping, and than a handshake may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final KeepAlive.Timing SLOW = new KeepAlive.Timing(Duration.ofSeconds(25), Duration.ofSeconds(90));
    private static final ConnectRequest REQUEST = new ConnectRequest(new AccountId("account_test_dropped"),
            new PhoneNumber("+40712345678"), Credentials.NONE);

    @ParameterizedTest
    @CsvSource({"HANDSHAKE, FIN", "HANDSHAKE, RST", "HANDSHAKE, CLOSE", "FIRST_FRAME, FIN",
        "FIRST_FRAME, RST", "FIRST_FRAME, CLOSE"})
    void everyDropRightBehindAFrameIsTold(Moment moment, Drop drop) throws IOException {
        try (DroppingServer server = new DroppingServer(moment, drop);
                SimulatedConnector connector = new SimulatedConnector(new SimulatedConnectorSettings(server.uri()),
                        SLOW, System::nanoTime, () -> true, new SimpleMeterRegistry())) {
            for (int batch = 0; batch < BATCHES; batch++) {
                List<Heard> all = IntStream.range(0, BATCH).mapToObj(_ -> new Heard()).toList();
                all.forEach(heard -> connector.open(REQUEST, heard));

                Awaitility.await("each told as closed").atMost(PATIENCE).pollInterval(Duration.ofMillis(10))
                        .untilAsserted(() -> assertThat(all).allMatch(heard -> !heard.all(Closed.class).isEmpty()));

                all.forEach(heard -> assertToldInOrder(heard.all(), drop));
            }
            Awaitility.await("nothing left").atMost(PATIENCE).until(() -> connector.liveConnections() == 0);
        }
    }

    /** What was sent before a FIN is received before it; an RST may overtake it, and even the handshake. */
    private static void assertToldInOrder(List<Signal> told, Drop drop) {
        Integer code = drop == Drop.CLOSE ? DroppingServer.STATUS - ServerFrame.WEBSOCKET_STATUS_BASE : null;
        assertThat(told.getLast()).isInstanceOfSatisfying(Closed.class,
                closed -> assertThat(closed.code()).isEqualTo(code));
        assertThat(told).filteredOn(Closed.class::isInstance).hasSize(1);
        if (drop == Drop.FIN) {
            assertThat(told.getFirst()).isInstanceOf(QrShown.class);
        }
    }
}
