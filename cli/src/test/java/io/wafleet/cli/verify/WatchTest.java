package io.wafleet.cli.verify;

import com.sun.net.httpserver.HttpServer;
import io.wafleet.cli.fleet.Http;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A gateway that says what the test wants, the watch that looks at it, and a scene that expects things of it. */
final class WatchTest {
    private static final String CONNECTED = account("connected", "null");
    private static final String LOST = account("reconnecting", "\"owner_lost\"");

    private final AtomicInteger status = new AtomicInteger(200);
    private final Http http = new Http();
    private volatile String list = CONNECTED;
    private HttpServer gateway;
    private Watch watch;

    private static String account(String status, String reason) {
        return "{\"accounts\":[{\"id\":\"a\",\"status\":\"%s\",\"reason\":%s,\"requiresQR\":false,\"owner\":\"worker-1\",\"epoch\":7}]}"
                .formatted(status, reason);
    }

    @BeforeEach
    void starts() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/", exchange -> {
            byte[] body = list.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status.get(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        gateway.start();
        watch = new Watch(http, "http://127.0.0.1:" + gateway.getAddress().getPort() + "/");
    }

    @AfterEach
    void ends() {
        watch.close();
        gateway.stop(0);
        http.close();
    }

    private List<String> seen() {
        return watch.history("a").stream().map(s -> s.standing().status()).toList();
    }

    @Test
    void writesDownWhatChangesAndNothingElse() {
        watch.follow("a");
        assertThat(seen()).containsExactly("unlisted", "connected");
        assertThat(seen()).containsExactly("unlisted", "connected");
        list = LOST;
        assertThat(seen()).containsExactly("unlisted", "connected", "reconnecting");
        list = "{\"accounts\":[]}";
        assertThat(seen()).containsExactly("unlisted", "connected", "reconnecting", "unlisted");
    }

    @Test
    void whatIsAskedForIsNeverOlderThanTheQuestion() {
        watch.follow("a");
        for (int i = 0; i < 5; i++) {
            list = i % 2 == 0 ? LOST : CONNECTED;
            assertThat(watch.history("a").getLast().standing().status())
                    .isEqualTo(i % 2 == 0 ? "reconnecting" : "connected");
        }
    }

    @Test
    void aGatewayThatDoesNotAnswerTellsNothing() {
        watch.follow("a");
        assertThat(seen()).hasSize(2);
        status.set(503); // First: the watch looks all the time.
        list = "{}";
        assertThat(seen()).containsExactly("unlisted", "connected");
    }

    @Test
    void whatIsNotAsExpectedIsUnmetAndSaysBoth() {
        Scene scene = new Scene(new Stage(http, "http://127.0.0.1:1", null, Timers.shortened(), watch, null,
                "40760000", new AtomicInteger()));
        scene.expectEqual("the answer", 200, 200);
        assertThatThrownBy(() -> scene.expectEqual("the answer", 200, 503)).isInstanceOf(Unmet.class)
                .hasMessage("expected: the answer is 200; found: 503");
        assertThat(scene.evidence()).singleElement().asString().contains("as expected: the answer is 200");
    }

    @Test
    void waitsForWhatWasSeenSinceTheMarkOnly() {
        Scene scene = new Scene(new Stage(http, "http://127.0.0.1:1", null, Timers.shortened(), watch, null,
                "40760000", new AtomicInteger()));
        Account account = scene.newAccount();
        list = CONNECTED.replace("\"a\"", "\"" + account.id() + "\"");
        assertThat(account.await("connected", null, Duration.ZERO).epoch()).isEqualTo(7);
        account.mark();
        list = LOST.replace("\"a\"", "\"" + account.id() + "\"");
        account.await("reconnecting", "owner_lost", Duration.ZERO);
        assertThat(account.since()).noneMatch(s -> s.status().equals("connected"));
    }
}
