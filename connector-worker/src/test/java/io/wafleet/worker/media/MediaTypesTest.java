package io.wafleet.worker.media;

import io.wafleet.contract.Content;
import java.net.URI;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class MediaTypesTest {
    private static final URI LINK = URI.create("https://files.example.com/x");
    private static final Content.Image IMAGE = new Content.Image(LINK, null, null, null);
    private static final Content.Document DOCUMENT = new Content.Document(LINK, null, null, null, null);

    @Test
    void theSenderKnowsBest() {
        Content.Image png = new Content.Image(LINK, null, "image/png", null);
        assertThat(MediaTypes.resolve(png, "text/html")).contains("image/png");
    }

    @Test
    void elseItIsWhatItsServerSays() {
        assertThat(MediaTypes.resolve(IMAGE, "Image/WebP")).contains("image/webp");
        assertThat(MediaTypes.resolve(DOCUMENT, "text/html; charset=utf-8")).contains("text/html; charset=utf-8");
        assertThat(MediaTypes.resolve(new Content.Voice(LINK, null, null), "audio/ogg; codecs=\"opus\", what"))
                .contains(
                        "audio/ogg");
    }

    @Test
    void elseItIsWhatIsUsual() {
        assertThat(MediaTypes.resolve(IMAGE, null)).contains("image/jpeg");
        assertThat(MediaTypes.resolve(IMAGE, "application/octet-stream")).contains("image/jpeg");
        assertThat(MediaTypes.resolve(new Content.Voice(LINK, null, null), "")).contains("audio/ogg; codecs=opus");
        assertThat(MediaTypes.resolve(DOCUMENT, null)).contains("application/octet-stream");
    }

    @Test
    void aPageIsNoPicture() {
        assertThat(MediaTypes.resolve(IMAGE, "text/html")).isEmpty();
        assertThat(MediaTypes.resolve(DOCUMENT, "no type at all")).isEmpty();
    }
}
