package io.wafleet.contract;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

final class JsonCodecTest {
    private static final String RENAME = """
            {"type":"rename-account","v":1,"id":"c1","account":"account_prod_x","issuedAt":"2026-11-22T10:15:30Z",
             "epoch":17,"name":"Private"}""";

    private static Command command(String json) {
        return JsonCodec.decode(json.getBytes(StandardCharsets.UTF_8), Command.class);
    }

    private static String refusal(String json) {
        return String.valueOf(catchThrowableOfType(UnreadableRecordException.class, () -> command(json)).getMessage());
    }

    @Test
    void aReplyOfAnOlderReleaseSaysNoStatus() {
        String old = "{\"type\":\"request-reply\",\"id\":\"c\",\"account\":\"a\",\"at\":\"2026-01-01T00:00:00Z\",\"result\":"
                + "\"same_as\",\"message\":\"3EB0\",\"v\":1}";
        Reply reply = JsonCodec.decode(old.getBytes(StandardCharsets.UTF_8), Reply.class);
        assertThat(reply).isInstanceOfSatisfying(Reply.RequestReply.class, r -> assertThat(r.status()).isNull());
    }

    @Test
    void readsFieldsInAnyOrderAndIgnoresThoseItDoesNotKnow() {
        Command read = command(RENAME.replace("\"name\"", "\"color\":{\"v\":[1]},\"name\""));
        assertThat(read).isEqualTo(command(RENAME));
    }

    @Test
    void readsARecordWithoutVersionAsTheFirst() {
        assertThat(command(RENAME.replace("\"v\":1,", ""))).isEqualTo(command(RENAME));
    }

    @Test
    void refusesANewerVersionBeforeItMisunderstandsIt() {
        assertThat(refusal(RENAME.replace("\"v\":1", "\"v\":2"))).contains("schema version 2 is newer than 1");
    }

    @Test
    void namesTheMissingField() {
        assertThat(refusal(RENAME.replace(",\"name\":\"Private\"", ""))).isEqualTo("field name: is missing");
        assertThat(refusal(RENAME.replace("\"id\":\"c1\",", ""))).isEqualTo("field id: is missing");
    }

    @Test
    void namesTheFieldOfTheWrongType() {
        assertThat(refusal(RENAME.replace("\"Private\"", "{\"a\":1}"))).contains("field name").contains("String");
        assertThat(refusal(RENAME.replace("2026-11-22T10:15:30Z", "tomorrow"))).contains("field issuedAt")
                .contains("Instant");
    }

    @Test
    void namesTheFieldAndTheRuleThatItBreaks() {
        assertThat(refusal(RENAME.replace("account_prod_x", "no account"))).contains("field account");
    }

    @Test
    void saysThatTheTypeIsMissingOrUnknown() {
        assertThat(refusal(RENAME.replace("\"type\":\"rename-account\",", ""))).contains("type is missing");
        assertThat(refusal(RENAME.replace("rename-account", "sing"))).contains("type is not known");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "\"Private\"", "[]", "17", "{", "Private", "{\"type\":\"rename-account\"",
        "\u0000\u0001"})
    void refusesWhatIsNoRecord(String json) {
        assertThat(refusal(json)).isNotEmpty();
    }

    @Test
    void refusesWhatFollowsTheRecord() {
        assertThat(refusal(RENAME + "{}")).isNotEmpty();
    }

    @Test
    void neverRepeatsTheContent() {
        List<String> broken = List.of(RENAME.replace("\"epoch\"", "\"Private\",\"epoch\""),
                RENAME.replace("\"c1\"", "\"Private Private\""), RENAME.replace("2026-11-22T10:15:30Z", "Private"),
                RENAME.replace("rename-account", "Private"), RENAME.replace("\"v\":1", "\"v\":\"Private\""),
                RENAME + "Private", "Private", "\"Private\"");
        for (String json : broken) {
            assertThatThrownBy(() -> command(json)).isInstanceOf(UnreadableRecordException.class)
                    .hasMessageNotContaining("Private").hasNoCause();
        }
    }

    @Test
    void requiresComponentsOfNestedRecordsToo() {
        String dispatch = """
                {"type":"dispatch","v":1,"account":"a","message":"m","chat":"40712345678@s.whatsapp.net",
                 "content":{"type":"text"},"attempt":1,"epoch":3,"at":"2026-11-22T10:15:30Z"}""";
        assertThat(refusal(dispatch)).isEqualTo("field content: text is missing");
    }

    @Test
    void readsAMessageStatusOfAnOlderReleaseThatKnewNoHistory() {
        String old = """
                {"type":"message-status","v":1,"account":"a","message":"m","chat":"40712345678@s.whatsapp.net",
                 "status":"sent","attempts":1,"acceptedAt":"2026-11-22T10:15:30Z","updatedAt":"2026-11-22T10:15:31Z",
                 "sentAt":"2026-11-22T10:15:31Z"}""";
        MessageStatusRecord read = JsonCodec.decode(old.getBytes(StandardCharsets.UTF_8), MessageStatusRecord.class);
        assertThat(read.history()).isEmpty();
        assertThat(read.receipts()).isEmpty();
        assertThat(JsonCodec.text(read)).doesNotContain("history", "receipts", "retryUntil");
    }
}
