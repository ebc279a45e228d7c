package io.wafleet.worker.connector.simulated;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.http.ServerWebSocket;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import io.wafleet.worker.connector.ConnectRequest;
import io.wafleet.worker.connector.Connection;
import io.wafleet.worker.connector.ConnectionListener.Closed;
import io.wafleet.worker.connector.ConnectionListener.Opened;
import io.wafleet.worker.connector.ConnectionListener.QrShown;
import io.wafleet.worker.connector.Credentials;
import io.wafleet.worker.connector.Heard;
import io.wafleet.worker.connector.KeepAlive;
import io.wafleet.worker.connector.Outbound;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the connector makes of servers that are deaf, rude or gone. */
class RoughWeatherIT {
    private static final ConnectRequest REQUEST = new ConnectRequest(new AccountId("account_test_rough"),
            new PhoneNumber("+40712345678"), Credentials.NONE);
    /** For what happens without traffic; a busy machine's own pauses must be no reason. */
    private static final KeepAlive.Timing HASTY = new KeepAlive.Timing(Duration.ofMillis(200), Duration.ofSeconds(3));
    private static final KeepAlive.Timing PATIENT = new KeepAlive.Timing(Duration.ofSeconds(25),
            Duration.ofSeconds(90));
    private static final int MANY = 2 << 20;

    private final Heard heard = new Heard();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private @Nullable RoughServer server;
    private @Nullable SimulatedConnector connector;

    private Connection open(@Nullable BiConsumer<ServerWebSocket, ClientFrame> answer) {
        return open(answer, PATIENT);
    }

    private Connection open(@Nullable BiConsumer<ServerWebSocket, ClientFrame> answer, KeepAlive.Timing timing) {
        RoughServer rough = new RoughServer(answer);
        server = rough;
        SimulatedConnector opening = new SimulatedConnector(new SimulatedConnectorSettings(rough.uri()), timing,
                System::nanoTime, () -> true, metrics);
        connector = opening;
        return opening.open(REQUEST, heard);
    }

    @AfterEach
    void close() {
        if (connector != null) {
            connector.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private int liveConnections() {
        return connector instanceof SimulatedConnector simulated ? simulated.liveConnections() : 0;
    }

    @Test
    void deafConnectionIsPingedAndThenClosedAsKeepaliveTimeout() {
        open(null, HASTY);

        Closed closed = heard.first(Closed.class);

        assertThat(closed).isEqualTo(new Closed(null, "keepalive_timeout"));
        assertThat(server).isNotNull();
        assertThat(server.heard()).anyMatch(ClientFrame.Ping.class::isInstance);
        await().atMost(Duration.ofSeconds(10)).until(() -> liveConnections() == 0);
    }

    @Test
    void connectionWhosePingsAreAnsweredLivesOn() {
        open((socket, frame) -> {
            if (frame instanceof ClientFrame.Ping ping) {
                RoughServer.say(socket, new ServerFrame.Pong(ping.sequence()));
            }
        }, HASTY);
        assertThat(server).isNotNull();
        await().atMost(Duration.ofSeconds(20)).until(() -> server.heard().size() > 20);

        assertThat(heard.all()).isEmpty();
    }

    @Test
    void framesThatNobodyKnowsAndFramesTooBigAreSkipped() {
        open((socket, frame) -> {
            if (frame instanceof ClientFrame.Pair) {
                RoughServer.sayText(socket, "{\"type\":\"weather\",\"rain\":true}");
                RoughServer.sayText(socket, "this is not JSON");
                RoughServer.sayText(socket, "{\"type\":\"qr\"}");
                RoughServer.sayText(socket, "x".repeat(MANY));
                RoughServer.sayWhole(socket, "x".repeat(MANY * 10));
                RoughServer.sayBinary(socket, new byte[]{1, 2, 3});
                RoughServer.say(socket, new ServerFrame.Qr("after-all-that", 60_000));
            }
        });

        assertThat(heard.first(QrShown.class).text()).isEqualTo("after-all-that");
        assertThat(heard.all()).hasSize(1);
        assertThat(metrics.get("wafleet.worker.simulated.frames.unknown").counter().count()).isEqualTo(6);
    }

    @Test
    void closeStatusAloneTellsTheCodeToo() {
        open((socket, _) -> RoughServer.close(socket, 4503));

        assertThat(heard.first(Closed.class).code()).isEqualTo(503);
        await().atMost(Duration.ofSeconds(10)).until(() -> liveConnections() == 0);
    }

    @Test
    void brokenSocketHasNoCode() {
        open((_, _) -> {
            if (server != null) {
                Thread.ofPlatform().start(server::close);
            }
        });

        assertThat(heard.first(Closed.class).code()).isNull();
    }

    @Test
    void whatFollowsACloseIsNotTold() {
        open((socket, frame) -> {
            if (frame instanceof ClientFrame.Pair) {
                RoughServer.say(socket, new ServerFrame.Close(401, "logged out"));
                RoughServer.say(socket, new ServerFrame.Qr("too late", 60_000));
                RoughServer.close(socket, 4401);
            }
        });
        heard.first(Closed.class);
        await().atMost(Duration.ofSeconds(10)).until(() -> liveConnections() == 0);

        assertThat(heard.all()).containsExactly(new Closed(401, "logged out"));
    }

    @Test
    void serverThatIgnoresALogoutDoesNotKeepTheConnectionAlive() {
        Connection connection = open((socket, frame) -> {
            if (frame instanceof ClientFrame.Pair) {
                RoughServer.say(socket, new ServerFrame.Open(REQUEST.phone()));
            }
        }, HASTY);
        heard.nth(Opened.class, 1);
        connection.close(true);

        assertThat(server).isNotNull();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> server.heard().stream().anyMatch(ClientFrame.Logout.class::isInstance));
        await().atMost(Duration.ofSeconds(15)).until(() -> liveConnections() == 0);
    }

    @Test
    void serverThatReadsNoMoreEndsTheConnectionBeforeItFillsTheMemory() {
        Connection connection = open((socket, frame) -> {
            if (frame instanceof ClientFrame.Pair) {
                RoughServer.say(socket, new ServerFrame.Open(REQUEST.phone()));
                socket.pause();
            }
        }, PATIENT);
        heard.nth(Opened.class, 1);
        Content big = new Content.Text("x".repeat(60_000));

        int sent = 0;
        while (heard.all(Closed.class).isEmpty() && sent < 1_000) {
            connection.execute(connection.prepareSend(
                    new Outbound(new MessageId("B" + sent++), Chat.of(REQUEST.phone()), big)));
        }

        assertThat(heard.first(Closed.class)).isEqualTo(new Closed(null, "nothing can be written"));
        await().atMost(Duration.ofSeconds(10)).until(() -> liveConnections() == 0);
    }
}
