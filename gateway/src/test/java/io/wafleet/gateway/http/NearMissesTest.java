package io.wafleet.gateway.http;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class NearMissesTest {
    @ParameterizedTest
    @CsvSource({"sendat,sendAt", "send_at,sendAt", "SendAt,sendAt", "expires-at,expiresAt", "Message,message",
        "idempotencyKey,idempotencyKey", "Idempotency-Key,idempotencyKey"})
    void aFieldThatIsAlmostKnownIsRefusedByTheNameThatIsMeant(String field, String meant) {
        assertThatThrownBy(() -> NearMisses.check(new JsonObject().put(field, "x"))).isInstanceOf(Problem.class)
                .hasMessageStartingWith(meant + ": ");
    }

    @Test
    void whatClientsOfTheServiceBeforeSendBesideIsIgnored() {
        assertThatCode(() -> NearMisses.check(new JsonObject().put("accountId", "a").put("to", "b").put("message", "c")
                .put("threadId", "d").put("clientMessageId", "e"))).doesNotThrowAnyException();
    }
}
