package io.wafleet.simulator;

import io.wafleet.contract.Event.ReceiptKind;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The whole simulator, over real WebSockets and HTTP. */
class SimulatorIT {
    private static final PhoneNumber OURS = new PhoneNumber("+40712345678");
    private static final PhoneNumber THEIRS = new PhoneNumber("+40787654321");

    private final RunningSimulator simulator = new RunningSimulator(Map.of());

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void pairsSendsReceivesAndIsReplaced() throws Exception {
        SimulatorClient pairing = simulator.connect();
        ServerFrame.Qr qr = pairing.say(new ClientFrame.Pair("account_a")).hear(ServerFrame.Qr.class);
        JsonNode link = simulator.ok("POST", "/api/phones/%2B40712345678/scan", "{\"qr\":\"" + qr.text() + "\"}");
        assertThat(link.toString())
                .isEqualTo("{\"phone\":\"+40712345678\",\"account\":\"account_a\",\"generation\":1}");
        ServerFrame.Paired paired = pairing.hear(ServerFrame.Paired.class);
        assertThat(pairing.hear(ServerFrame.Close.class).code()).isEqualTo(515);
        assertThat(pairing.closeStatus()).isEqualTo(4515);

        SimulatorClient first = simulator.login("account_a", paired);
        first.say(RunningSimulator.text("3EB0A", THEIRS, 1, "hello"));
        assertThat(first.hear(ServerFrame.Ack.class).id()).isEqualTo(new MessageId("3EB0A"));
        assertThat(first.hear(ServerFrame.Receipt.class).kind()).isEqualTo(ReceiptKind.DELIVERED);

        simulator.ok("POST", "/api/phones/+40787654321/messages", "{\"to\":\"account_a\",\"text\":\"hi\"}");
        ServerFrame.Message inbound = first.hear(ServerFrame.Message.class);
        first.say(new ClientFrame.Received(inbound.id(), 2));
        await().until(() -> simulator.summary().inboundReceived() == 1);

        SimulatorClient second = simulator.login("account_a", paired);
        assertThat(first.hear(ServerFrame.Close.class).code()).isEqualTo(440);
        assertThat(first.closeStatus()).isEqualTo(4440);
        second.say(new ClientFrame.Ping(7));
        assertThat(second.hear(ServerFrame.Pong.class).sequence()).isEqualTo(7);
        assertThat(simulator.summary().doubleConnections()).isEqualTo(1);
        assertThat(simulator.summary().olderActed()).isZero();
        assertThat(simulator.summary().unique()).isEqualTo(1);
    }
}
