package io.wafleet.simulator;

import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The control API over HTTP, with clients on real WebSockets. */
@Execution(ExecutionMode.SAME_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControlApiIT {
    private static final PhoneNumber OURS = new PhoneNumber("+40712345678");
    private static final PhoneNumber THEIRS = new PhoneNumber("+40787654321");

    private final RunningSimulator simulator = new RunningSimulator(Map.of());
    private ServerFrame.Paired paired = new ServerFrame.Paired(OURS, 0, "", 0);

    @BeforeAll
    void pair() throws Exception {
        paired = simulator.pair("account_a", OURS);
    }

    @BeforeEach
    void clear() throws Exception {
        simulator.ok("DELETE", "/api/faults", "");
        simulator.ok("DELETE", "/api/ledger", "");
    }

    @AfterAll
    void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST   | /api/phones/12/scan                       | {"qr":"x"}                        | 400 | phone
            POST   | /api/phones/abc/scan                      | {"qr":"x"}                        | 400 | phone
            POST   | /api/phones/40712345678/scan              | {"qr":"x"}                        | 404 | qr
            POST   | /api/phones/40712345678/scan              | {}                                | 400 | qr
            POST   | /api/phones/40712345678/scan              | {"qr":"x","account":"y"}          | 400 | qr
            POST   | /api/phones/40712345678/scan              | [1]                               | 400 | body
            POST   | /api/phones/40712345678/scan              | {"qr"                             | 400 | body
            POST   | /api/phones/40712345678/scan              | ''                                | 400 | body
            POST   | /api/phones/40712345678/scan              | {"account":"nobody"}              | 409 | account
            POST   | /api/phones/40712345678/pairing-code      | {}                                | 400 | code
            POST   | /api/phones/40712345678/pairing-code      | {"code":"AAAA-1111"}              | 404 | code
            DELETE | /api/phones/40700000009/devices           | ''                                | 404 | phone
            POST   | /api/phones/40700000009/messages          | {"to":"40700000008","text":"x"}   | 409 | to
            POST   | /api/phones/40700000009/messages          | {"to":"account_z","text":"x"}     | 404 | to
            POST   | /api/phones/40700000009/messages          | {"to":"account_a","text":""}      | 400 | text
            POST   | /api/phones/40700000009/messages          | {"to":"account_a"}                | 400 | text
            POST   | /api/messages                             | {"messages":[]}                   | 400 | messages
            POST   | /api/faults                               | {"kind":"flood"}                  | 400 | kind
            POST   | /api/faults                               | {"kind":"close"}                  | 400 | code
            POST   | /api/faults                               | {"kind":"close","code":9999}      | 400 | code
            POST   | /api/faults                               | {"kind":"drop","of":[]}           | 400 | of
            POST   | /api/faults                               | {"kind":"lose-acks","next":0}     | 400 | next
            POST   | /api/faults                               | {"kind":"lose-acks","probability":2} | 400 | probability
            POST   | /api/faults                               | {"kind":"delay-acks"}             | 400 | delayMs
            DELETE | /api/faults/fault-99                      | ''                                | 404 | id
            GET    | /api/ledger/messages?limit=0              | ''                                | 400 | limit
            GET    | /api/ledger/messages?since=x              | ''                                | 400 | since
            GET    | /api/ledger/messages?chat=x@y             | ''                                | 400 | chat
            GET    | /api/pairings/7/qr.svg                    | ''                                | 404 | connection
            GET    | /api/nothing                              | ''                                | 404 |
            PUT    | /api/faults                               | {}                                | 405 |
            GET    | /ws                                       | ''                                | 404 |
            """)
    void wrongRequestsAreToldWhatIsWrong(String method, String path, String body, int status, String field)
            throws Exception {
        HttpResponse<String> response = simulator.call(method, path, body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonNode error = JsonCodec.mapper().readTree(response.body());
        assertThat(error.get("success").asBoolean()).isFalse();
        assertThat(error.get("requestId").asString()).isNotEmpty();
        assertThat(error.path("field").asString("")).isEqualTo(field == null ? "" : field);
        assertThat(response.body()).doesNotContain("Exception").doesNotContain("io.wafleet");
    }

    @Test
    void bodiesOverAMegabyteAreRefused() throws Exception {
        String body = "{\"to\":\"account_a\",\"text\":\"" + "x".repeat(2 << 20) + "\"}";

        assertThat(simulator.call("POST", "/api/phones/40712345678/messages", body).statusCode()).isEqualTo(413);
    }

    @Test
    void closesOnDemandWithTheCode() throws Exception {
        SimulatorClient client = simulator.login("account_a", paired);

        assertThat(simulator.ok("POST", "/api/faults", "{\"kind\":\"close\",\"code\":503,\"of\":[\"account_a\"]}")
                .toString()).contains("\"struck\":1");
        assertThat(client.hear(ServerFrame.Close.class).code()).isEqualTo(503);
        assertThat(client.closeStatus()).isEqualTo(4503);
    }

    @Test
    void dropsTheSocketWithoutACloseFrame() throws Exception {
        try (BareSocket client = new BareSocket(simulator.port())) {
            client.say(new ClientFrame.Login("account_a", OURS, paired.generation(), paired.token()));
            assertThat(client.opcode()).isEqualTo(BareSocket.TEXT);
            simulator.ok("POST", "/api/faults", "{\"kind\":\"drop\"}");

            int last = client.opcode();
            while (last == BareSocket.TEXT) { // What other tests left for the account comes first.
                last = client.opcode();
            }
            assertThat(last).isEqualTo(BareSocket.END);
            JsonNode connections = simulator.get("/api/ledger/connections?account=account_a").get("items");
            assertThat(connections.get(connections.size() - 1).has("goneAt")).isTrue();
        }
    }

    @Test
    void aDeafConnectionAnswersNoPing() throws Exception {
        SimulatorClient client = simulator.login("account_a", paired);
        simulator.ok("POST", "/api/faults", "{\"kind\":\"deaf\",\"of\":[\"+40712345678\"]}");
        client.say(new ClientFrame.Ping(1));
        client.cut();

        await().until(() -> simulator.summary().connectedNow() == 0);
        assertThat(client.hasHeardNothing()).isTrue();
    }

    @Test
    void standingFaultsAreListedAndLifted() throws Exception {
        JsonNode outage = simulator.ok("POST", "/api/faults", "{\"kind\":\"refuse-logins\",\"code\":503}");
        assertThat(simulator.get("/api/faults").get("faults").get(0)).isEqualTo(outage);
        SimulatorClient refused = simulator.connect();
        refused.say(new ClientFrame.Login("account_a", OURS, paired.generation(), paired.token()));
        assertThat(refused.hear(ServerFrame.Close.class).code()).isEqualTo(503);

        simulator.ok("DELETE", "/api/faults/" + outage.get("id").asString(), "");
        simulator.login("account_a", paired).close();
        assertThat(simulator.summary().loginsRefused()).isEqualTo(1);
    }

    @Test
    void whatAReplacedConnectionStillDoesIsSeen() throws Exception {
        SimulatorClient older = simulator.login("account_a", paired);
        older.sleepThroughCloses();
        SimulatorClient newer = simulator.login("account_a", paired);
        await().until(() -> simulator.summary().doubleConnections() == 1);
        older.say(RunningSimulator.text("3EB0LATE", THEIRS, 1_000_001, "late"));

        await().until(() -> simulator.summary().olderActed() == 1);
        assertThat(simulator.summary().messages()).isZero();
        newer.close();
    }

    @Test
    void whatIsNoFrameClosesTheConnection() throws Exception {
        SimulatorClient client = simulator.connect();
        client.sayText("{\"type\":\"greet\"}");

        ServerFrame.Close close = client.hear(ServerFrame.Close.class);
        assertThat(close.code()).isEqualTo(400);
        assertThat(close.reason()).contains("type");
    }

    @Test
    void theLedgerCanBeReadPageByPageAndInBulk() throws Exception {
        try (SimulatorClient client = simulator.login("account_a", paired)) {
            for (int i = 1; i <= 1_200; i++) {
                client.say(RunningSimulator.text("3EB0P" + i, THEIRS, 2_000_000 + i, "message " + i));
            }
            await().until(() -> simulator.summary().unique() == 1_200);
        }

        JsonNode page = simulator.get("/api/ledger/messages?phone=40712345678&chat=%2B40787654321&limit=1000");
        assertThat(page.get("items")).hasSize(1_000);
        assertThat(page.get("more").asBoolean()).isTrue();
        JsonNode rest = simulator.get("/api/ledger/messages?since=" + page.get("next").asLong());
        assertThat(rest.get("items")).hasSize(200);
        assertThat(rest.get("items").get(199).get("text").asString()).isEqualTo("message 1200");
        assertThat(simulator.call("GET", "/api/ledger/messages.ndjson", "").body().lines()).hasSize(1_200);
        assertThat(simulator.get("/api/ledger/connections?account=account_a").get("items")).isNotEmpty();
    }

    @Test
    void manyMessagesCanBeWrittenAtOnce() throws Exception {
        JsonNode written = simulator.ok("POST", "/api/messages",
                "{\"messages\":[{\"from\":\"40787654321\",\"to\":\"account_a\",\"text\":\"one\"},"
                        + "{\"from\":\"40787654322\",\"to\":\"40712345678\",\"text\":\"two\"}]}");
        assertThat(written.get("messages")).hasSize(2);

        SimulatorClient client = simulator.login("account_a", paired);
        for (int i = 0; i < 2; i++) {
            client.say(new ClientFrame.Received(client.hear(ServerFrame.Message.class).id(), 3_000_000 + i));
        }
        await().until(() -> simulator.summary().inboundReceived() == 2);
        assertThat(simulator.get("/api/ledger/inbound?phone=40712345678").get("items")).hasSize(2);
        client.close();
    }
}
