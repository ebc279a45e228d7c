package io.wafleet.gateway.http;

import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request that ends in an error; thrown by endpoints, answered in one place. It is no fault of the gateway, so it has no stack.
 */
final class Problem extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final String PASSIVE = "passive";

    /** How soon a request that failed for the moment may be repeated. */
    private static final int RETRY_SECONDS = 2;
    private static final int SOON_SECONDS = 1;
    private static final int NEVER = 0;

    private final int status;
    private final String code;
    private final transient Map<String, Object> details;
    private final int retrySeconds;

    private Problem(int status, String code, String error, Map<String, Object> details, int retrySeconds) {
        super(error, null, false, false);
        this.status = status;
        this.code = code;
        this.details = details;
        this.retrySeconds = retrySeconds;
    }

    static Problem of(int status, String code, String error) {
        return new Problem(status, code, error, Map.of(), NEVER);
    }

    /** A rule that the request breaks. */
    static Problem invalid(String error) {
        return of(400, "invalid_request", error);
    }

    static Problem unknownAccount() {
        return of(404, "account_unknown", "Account not found");
    }

    /** 503: it may work soon. */
    static Problem unavailable(String code, String error) {
        return new Problem(503, code, error, Map.of(), RETRY_SECONDS);
    }

    /** 503 without {@code Retry-After}: what was asked may have been done, so nobody should repeat it without a look. */
    static Problem unknown(String code, String error) {
        return of(503, code, error);
    }

    /** No live owner. */
    static Problem passive() {
        return unavailable(PASSIVE, "PASSIVE mode: another instance holds lock; retry shortly");
    }

    /** Adds what programs may want to know. */
    Problem with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(details);
        more.put(name, value);
        return new Problem(status, code, String.valueOf(getMessage()), more, retrySeconds);
    }

    /** 429: the account's queue is full; it empties by itself. */
    static Problem queueFull() {
        return new Problem(429, "queue_full", "Too many messages of this account wait; nothing was accepted", Map.of(),
                RETRY_SECONDS);
    }

    /** 503: others fill what there is, for a moment. */
    static Problem busy(String error) {
        return new Problem(503, "busy", error, Map.of(), SOON_SECONDS);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** What it says, but for the request that it is about. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("error", getMessage());
        fields.put("code", code);
        fields.putAll(details);
        return fields;
    }

    Answer answer(String requestId) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("success", false);
        body.put("error", getMessage());
        if (code.equals(PASSIVE)) {
            // Exactly what the clients of the service before this one know, and nothing else.
            body.put("mode", "passive");
        } else {
            body.put("code", code);
            body.put("requestId", requestId);
            body.putAll(details);
        }
        Answer answer = Answer.json(status, body);
        return retrySeconds == NEVER ? answer : answer.with("Retry-After", Integer.toString(retrySeconds));
    }
}
