package io.wafleet.gateway.http;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests as no client library would write them, over a bare socket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EscapesTest {
    private static final String HEAD = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";

    private HttpFront front;

    @BeforeAll
    void starts() {
        front = ContractTest.start(true);
    }

    @AfterAll
    void ends() {
        front.close(Duration.ofSeconds(1));
    }

    private String answer(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", front.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource({"/api/whatsapp/accounts/%zz,path", "/api/whatsapp/accounts/%E0%A4%A,path",
        "/api/whatsapp/accounts/%,path",
        "/%zz,path", "/assets/%zz,path", "/api/whatsapp/search/shop?q=%zz,query", "/api/whatsapp/accounts?x=%,query"})
    void aPercentSignThatIsNoEscapeIsRefused(String path, String field) throws IOException {
        assertThat(answer("GET " + path + HEAD + "\r\n")).startsWith("HTTP/1.1 400 ")
                .contains(field + ": must have two hex digits after each percent sign").contains("requestId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\nabc\r\n0\r\n\r\n", "-5\r\nabc\r\n0\r\n\r\n"})
    void aBodyThatIsBadlyFramedIsRefused(String chunks) throws IOException {
        String answer = answer("POST /api/whatsapp/send-message" + HEAD
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("body: must be framed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "DELETE", "PUT", "GET"})
    void aRequestWithoutBodyToAnUnknownPathIsNotBlamedForItsBody(String method) throws IOException {
        assertThat(answer(method + " /api/whatsapp/messages/3EB0" + HEAD + "\r\n")).startsWith("HTTP/1.1 404 ")
                .contains("not_found");
    }

    @Test
    void aValueIsUnescapedOnce() throws IOException {
        assertThat(answer("GET /api/whatsapp/accounts?phone=100%25" + HEAD + "\r\n")).startsWith("HTTP/1.1 400 ")
                .contains("phone: must be a possible phone number");
        assertThat(answer("GET /api/whatsapp/accounts/a%2562" + HEAD + "\r\n")).startsWith("HTTP/1.1 400 ")
                .contains("id: has characters that are not allowed");
    }

    @Test
    void aPercentSignInAHeaderIsNoEscape() throws IOException {
        String answer = answer("POST /api/whatsapp/send-message" + HEAD
                + "Prefer: 100%\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("accountId: is missing");
    }
}
