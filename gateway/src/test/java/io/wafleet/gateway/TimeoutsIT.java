package io.wafleet.gateway;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import io.wafleet.settings.KafkaSettings;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients that are slow, silent or no HTTP clients at all, on raw sockets. */
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(BrokerExtension.class)
@Timeout(60)
final class TimeoutsIT {
    private static final Duration HEADER_TIMEOUT = Duration.ofMillis(700);
    private static final Duration BODY_TIMEOUT = Duration.ofMillis(700);
    private static final Duration IDLE_TIMEOUT = Duration.ofMillis(1500);
    /** What would not be closed at all would stay for ever. */
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String POST = "POST /api/whatsapp/add-account HTTP/1.1\r\nHost: x\r\n"
            + "Content-Type: application/json\r\n";

    private static FakeFleet fleet;
    private static GatewayUnderTest gateway;

    @BeforeAll
    static void start(TestBroker broker) {
        KafkaSettings kafka = broker.freshSettings(1);
        fleet = new FakeFleet(kafka).claimAll();
        fleet.account(new AccountId("shop"), "+40712345678", "Shop", AccountStatus.CONNECTED);
        gateway = GatewayUnderTest.start(kafka,
                Map.of("http.header.timeout", HEADER_TIMEOUT.toMillis() + "ms", "http.body.timeout",
                        BODY_TIMEOUT.toMillis() + "ms", "http.idle.timeout", IDLE_TIMEOUT.toMillis() + "ms",
                        "send.wait", "300ms", "command.wait", "1300ms", "read.wait", "1300ms"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        fleet.close();
    }

    /** A client that writes what it likes, when it likes. */
    private static final class Raw implements AutoCloseable {
        private final Socket socket;
        private final long openedNanos = System.nanoTime();

        Raw() throws IOException {
            socket = new Socket("127.0.0.1", gateway.port());
            socket.setSoTimeout(20_000);
        }

        Raw write(String text) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return this;
        }

        /** Writes a byte every 50 ms until the other side has closed. */
        void drip(String text) throws IOException {
            socket.setSoTimeout(50);
            for (int i = 0;; i++) {
                try {
                    write(text.substring(i % text.length(), i % text.length() + 1));
                    if (socket.getInputStream().read() < 0) {
                        return;
                    }
                } catch (SocketTimeoutException _) {
                    // Nothing yet: the next byte.
                } catch (SocketException _) {
                    return;
                }
            }
        }

        /** All that comes until the other side closes. */
        String readToEnd() throws IOException {
            try {
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (SocketException _) {
                return "";
            }
        }

        /** One answer with a Content-Length. */
        String readAnswer() throws IOException {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException("closed after: " + head);
                }
                head.append((char) next);
            }
            int length = Integer.parseInt(
                    head.toString().toLowerCase(java.util.Locale.ROOT).replaceFirst("(?s).*content-length: (\\d+).*",
                            "$1"));
            return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
        }

        Duration age() {
            return Duration.ofNanos(System.nanoTime() - openedNanos);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void closesAConnectionThatSaysNothing() throws IOException {
        try (Raw raw = new Raw()) {
            assertThat(raw.readToEnd()).isEmpty();
            assertThat(raw.age()).isBetween(HEADER_TIMEOUT.minusMillis(50), LONG);
        }
    }

    @Test
    void closesAConnectionWhoseHeadersTrickle() throws IOException {
        try (Raw raw = new Raw()) {
            raw.write("GET /livez HTTP/1.1\r\nHost: x\r\n").drip("X-Slow: aaaa\r\n");
            assertThat(raw.age()).isBetween(HEADER_TIMEOUT.minusMillis(50), LONG);
        }
    }

    @Test
    void answers408ToABodyThatStalls() throws IOException {
        try (Raw raw = new Raw()) {
            String answer = raw.write(POST + "Content-Length: 100\r\n\r\n{\"phone\"").readToEnd();
            assertThat(answer).startsWith("HTTP/1.1 408 ").contains("\"code\":\"body_timeout\"", "\"requestId\"");
            assertThat(raw.age()).isBetween(BODY_TIMEOUT.minusMillis(50), LONG);
        }
    }

    @Test
    void closesAConnectionWhoseChunkedBodyTricklesForEver() throws IOException {
        try (Raw raw = new Raw()) {
            raw.write(POST + "Transfer-Encoding: chunked\r\n\r\n").drip("1\r\n \r\n");
            assertThat(raw.age()).isBetween(BODY_TIMEOUT.minusMillis(50), LONG);
        }
    }

    @Test
    void closesAConnectionAfterA413WhoseBodyStillTrickles() throws IOException {
        try (Raw raw = new Raw()) {
            raw.write(POST + "Content-Length: 3000000\r\n\r\n").drip(" ");
            assertThat(raw.age()).isLessThan(LONG);
        }
    }

    @Test
    void keepsAConnectionForFurtherRequestsAndClosesItWhenIdle() throws IOException {
        try (Raw raw = new Raw()) {
            for (int i = 0; i < 3; i++) {
                assertThat(raw.write("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n").readAnswer())
                        .startsWith("HTTP/1.1 200 ");
            }
            assertThat(raw.readToEnd()).isEmpty();
            assertThat(raw.age()).isBetween(IDLE_TIMEOUT.minusMillis(50), LONG);
        }
    }

    @Test
    void boundsTheHeadersOfALaterRequestToo() throws IOException {
        try (Raw raw = new Raw()) {
            raw.write("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n").readAnswer();
            raw.write("GET /livez HTTP/1.1\r\n").drip("X-Slow: aaaa\r\n");
            assertThat(raw.age()).isBetween(IDLE_TIMEOUT.minusMillis(50), LONG);
        }
    }

    @Test
    void boundsTheHeadersOfARequestAfterABodyToo() throws IOException {
        try (Raw raw = new Raw()) {
            assertThat(raw.write(POST + "Content-Length: 2\r\n\r\n{}").readAnswer()).startsWith("HTTP/1.1 400 ")
                    .doesNotContainIgnoringCase("connection: close");
            raw.write("GET /livez HTTP/1.1\r\n").drip("X-Slow: aaaa\r\n");
            assertThat(raw.age()).isBetween(IDLE_TIMEOUT.minusMillis(50), LONG);
        }
    }

    @Test
    void answers431ToHeadersThatAreTooLarge() throws IOException {
        try (Raw raw = new Raw()) {
            String answer = raw.write("GET /livez HTTP/1.1\r\nHost: x\r\nX-Large: " + "a".repeat(20_000) + "\r\n\r\n")
                    .readToEnd();
            assertThat(answer).containsPattern("^HTTP/1\\.[01] 431 ").contains("\"code\":\"headers_too_large\"");
        }
    }

    @Test
    void answers414ToALineThatIsTooLong() throws IOException {
        try (Raw raw = new Raw()) {
            String answer = raw.write("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n").readToEnd();
            assertThat(answer).containsPattern("^HTTP/1\\.[01] 414 ").contains("\"code\":\"line_too_long\"");
        }
    }

    @Test
    void answers400InJsonToWhatIsNoHttp() throws IOException {
        for (String request : new String[]{"hello\r\n\r\n",
            "GET /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "GET /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "GET /livez HTTP/1.1\r\nHost : x\r\n\r\n"}) {
            try (Raw raw = new Raw()) {
                assertThat(raw.write(request).readToEnd()).as(request).containsPattern("^HTTP/1\\.[01] 400 ")
                        .contains("\"code\":\"bad_request\"").doesNotContain("200 OK");
            }
        }
    }

    @Test
    void refusesALargeBodyBeforeItIsThere() throws IOException {
        try (Raw raw = new Raw()) {
            assertThat(raw.write(POST + "Content-Length: 2000000\r\n\r\n{").readAnswer()).startsWith("HTTP/1.1 413 ")
                    .contains("\"code\":\"body_too_large\"");
        }
    }

    @Test
    void neverTakesTheRestOfARefusedBodyForARequest() throws IOException {
        String smuggled = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n";
        try (Raw raw = new Raw()) {
            String chunk = " ".repeat(1 << 20);
            String answers = raw
                    .write(POST + "Transfer-Encoding: chunked\r\n\r\n100000\r\n" + chunk + "\r\n"
                            + Integer.toHexString(smuggled.length()) + "\r\n" + smuggled + "\r\n0\r\n\r\n")
                    .readToEnd();
            assertThat(answers).startsWith("HTTP/1.1 413 ").doesNotContain("200 OK");
        }
    }
}
