package io.wafleet.contract;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a message that arrived may hold, and what older releases told of it. */
final class InboundTest {
    private static final String OLD = """
            {"type":"inbound-message","v":1,"account":"a","epoch":3,"at":"2026-11-22T10:15:31Z","message":"3A1F",
             "chat":"40712345679@s.whatsapp.net","from":"40712345679@s.whatsapp.net","fromMe":false,
             "content":{"type":"text","text":"hello"},"sentAt":"2026-11-22T10:15:30Z"}""";

    private static Event.InboundMessage read(String json) {
        return (Event.InboundMessage) JsonCodec.decode(json.getBytes(StandardCharsets.UTF_8), Event.class);
    }

    private static String jpeg(int bytes) {
        byte[] jpeg = new byte[bytes];
        jpeg[0] = (byte) 0xFF;
        jpeg[1] = (byte) 0xD8;
        return Base64.getEncoder().encodeToString(jpeg);
    }

    @Test
    void readsARecordOfAnOlderRelease() {
        Event.InboundMessage read = read(OLD);
        assertThat(read.content()).isEqualTo(new Content.Text("hello"));
        assertThat(read.alternative()).isNull();
        assertThat(read.replayed()).isNull();
        assertThat(read).isEqualTo(new Event.InboundMessage(read.account(), read.epoch(), read.at(), read.message(),
                read.chat(), read.from(), false, null, read.content(), null, read.sentAt()));
        assertThat(JsonCodec.text(read)).doesNotContain("alternative", "thumbnail", "mediaKey", "replayed");
    }

    @Test
    void saysThatSomethingUnknownWasSaid() {
        Event.InboundMessage poll = read(
                OLD.replace("\"text\",\"text\":\"hello\"", "\"unsupported\",\"kind\":\"poll\""));
        assertThat(poll.content()).isEqualTo(new InboundContent.Unsupported("poll"));
        assertThat(read(JsonCodec.text(poll))).isEqualTo(poll);
        assertThat(InboundContent.Unsupported.of("two words").kind()).isEqualTo("unknown");
    }

    @Test
    void whatCannotBeSaidCannotBeSent() {
        byte[] unsupported = "{\"type\":\"unsupported\",\"kind\":\"poll\"}".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> JsonCodec.decode(unsupported, Content.class))
                .isInstanceOf(UnreadableRecordException.class).hasMessageContaining("type is not known");
    }

    @Test
    void aThumbnailIsASmallJpeg() {
        assertThat(Thumbnail.ofBase64(jpeg(Thumbnail.MAX_BYTES))).map(t -> t.jpeg().length)
                .contains(Thumbnail.MAX_BYTES);
        assertThat(Thumbnail.ofBase64(jpeg(Thumbnail.MAX_BYTES + 1))).isEmpty();
        assertThat(Thumbnail.ofBase64("no Base64")).isEmpty();
        assertThat(Thumbnail.ofBase64("R0lGODlh")).isEmpty();
        assertThatThrownBy(() -> new Thumbnail("")).hasMessageContaining("thumbnail must be");
    }

    @Test
    void aMediaKeyNamesAnAccountAndAHash() {
        MediaKey key = MediaKey.of(new AccountId("a.b"), "0".repeat(64));
        assertThat(key.account()).isEqualTo(new AccountId("a.b"));
        assertThat(key.sha256()).isEqualTo("0".repeat(64));
        assertThatThrownBy(() -> new MediaKey("../" + "0".repeat(64))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MediaKey(".incoming/" + "0".repeat(64)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MediaKey("../x/" + "0".repeat(64))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MediaKey("a/" + "0".repeat(63))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aContentsKeyIsToldFromAStatuses() {
        assertThat(isKey("a/3EB0/content")).isTrue();
        assertThat(isKey("a/content")).as("a message of that name").isFalse();
        assertThat(isKey("a/3EB0")).isFalse();
        assertThat(isKey("/content")).isFalse();
        assertThat(MessageContentRecord.isKey(null)).isFalse();
    }

    private static boolean isKey(String key) {
        return MessageContentRecord.isKey(key.getBytes(StandardCharsets.UTF_8));
    }
}
