package io.wafleet.conversations.firestore;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The rules, as the emulator plays them, asked as an app would: by token. */
final class RulesIT {
    private static final List<String> FOR_STAFF = List.of("accounts/a", "threads/a__1@lid",
            "threads/a__1@lid/messages/M1");
    private final String project = FirestoreEmulator.newProject();
    private String emulator;

    @BeforeEach
    void putTheRulesInForce() throws Exception {
        emulator = "http://" + FirestoreEmulator.shared().host();
        String rules = Files.readString(FirestoreEmulator.RULES);
        String body = new JsonMapper().writeValueAsString(Map.of("rules", Map.of("files",
                List.of(Map.of("name", "firestore.rules", "content", rules)))));
        assertThat(send("PUT", emulator + "/emulator/v1/projects/" + project + ":securityRules", "Bearer owner", body))
                .isEqualTo(200);
    }

    private int send(String method, String url, String authorization, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).header("Content-Type",
                "application/json").method(method, BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    /** A token as the emulator takes it: not signed. */
    private static String token(String claims) {
        String payload = "{\"sub\":\"u1\",\"user_id\":\"u1\",\"aud\":\"x\",\"iss\":\"https://securetoken.google.com/x\""
                + ",\"iat\":1,\"exp\":9999999999" + claims + "}";
        return "Bearer " + part("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + part(payload) + ".";
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private int write(String path, String token) throws Exception {
        return send("PATCH", url(path), token, "{\"fields\":{\"name\":{\"stringValue\":\"x\"}}}");
    }

    private int read(String path, String token) throws Exception {
        return send("GET", url(path), token, "");
    }

    private String url(String path) {
        return emulator + "/v1/projects/" + project + "/databases/(default)/documents/" + path;
    }

    @Test
    void staffReadAccountsThreadsAndMessagesAndNobodyElseDoes() throws Exception {
        for (String path : FOR_STAFF) {
            assertThat(write(path, "Bearer owner")).isEqualTo(200);
            assertThat(read(path, token(",\"staff\":true"))).as(path).isEqualTo(200);
            assertThat(read(path, token(",\"admin\":true"))).as(path).isEqualTo(200);
            assertThat(read(path, token(",\"staff\":false"))).as(path).isEqualTo(403);
            assertThat(read(path, token(""))).as(path).isEqualTo(403);
            assertThat(read(path, "")).as(path).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wa_sessions/a", "wa_sessions/a/chunks/1", "wafleet_lids/a", "wafleet_erasures/a",
        "wafleet_imported_sessions/a", "wafleet_imported_sessions/a/chunks/000",
        "other/a"})
    void nobodyReadsCredentialsOrWhatOnlyWafleetNeeds(String path) throws Exception {
        assertThat(write(path, "Bearer owner")).isEqualTo(200);
        assertThat(read(path, token(",\"staff\":true,\"admin\":true"))).isEqualTo(403);
    }

    @Test
    void nobodyWrites() throws Exception {
        for (String path : FOR_STAFF) {
            assertThat(write(path, token(",\"staff\":true,\"admin\":true"))).as(path).isEqualTo(403);
        }
        assertThat(write("wa_sessions/a", token(",\"admin\":true"))).isEqualTo(403);
    }
}
