package io.wafleet.gateway.http;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fields of a send request that are almost known. Clients of the service before this one send fields of their own, which are ignored;
 * but {@code send_at} ignored would be a message sent at once. Stateless.
 */
final class NearMisses {
    private static final Set<String> KNOWN = Set.of("accountId", "to", "message", "content", "sendAt", "expiresAt");
    private static final Map<String, String> BY_LETTERS = KNOWN.stream()
            .collect(Collectors.toUnmodifiableMap(NearMisses::letters, name -> name));

    private NearMisses() {}

    /** @throws Problem that names the field that is meant, without repeating what was sent */
    static void check(JsonObject body) {
        for (String field : body.fieldNames()) {
            String meant = BY_LETTERS.get(letters(field));
            if (meant != null && !KNOWN.contains(field)) {
                throw Problem.invalid(meant + ": must be spelled exactly so");
            }
            if (letters(field).equals("idempotencykey")) {
                throw Problem.invalid(
                        "idempotencyKey: belongs in the header Idempotency-Key; beside each message in send-messages");
            }
        }
    }

    private static String letters(String field) {
        return Stream.of(field.split("[^A-Za-z]")).collect(Collectors.joining()).toLowerCase(Locale.ROOT);
    }
}
