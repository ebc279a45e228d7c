package io.wafleet.contract;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class InstantTextTest {
    private record At(Instant at) {}

    private static Instant decoded(String text) {
        return JsonCodec
                .decode(("{\"at\":\"" + text + "\"}").getBytes(java.nio.charset.StandardCharsets.UTF_8), At.class)
                .at();
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            long milli = random.nextLong(-62_167_219_200_000L, 253_402_300_800_000L);
            Instant at = Instant.ofEpochMilli(i % 10 == 0 ? milli / 1000 * 1000 : milli);
            String text = InstantText.write(at);
            assertThat(InstantText.isCommon(text)).isTrue();
            assertThat(InstantText.read(text)).isEqualTo(at);
            assertThat(text).isEqualTo(at.toString());
        }
    }

    @Test
    void finerPartsAndOddYearsAreKept() {
        for (Instant at : new Instant[]{Instant.ofEpochSecond(1, 1), Instant.MIN, Instant.MAX,
            Instant.parse("-0001-01-01T00:00:00Z"), Instant.parse("+10000-01-01T00:00:00Z")}) {
            assertThat(decoded(InstantText.write(at))).isEqualTo(at);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-31T23:59:59Z", "2026-01-31T23:59:59.5Z", "2026-01-31T23:59:59.123456789Z",
        "2026-02-01T01:59:59.000+02:00"})
    void otherFormsOfIsoAreRead(String text) {
        assertThat(decoded(text)).isEqualTo(Instant.from(java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME
                .parse(text, java.time.OffsetDateTime::from)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-30T00:00:00.000Z", "2026-13-01T00:00:00.000Z", "2026-01-01T25:00:00.000Z",
        "2026-01-01T00:60:00.000Z", "2026-01-01 00:00:00.000Z", "tomorrow", ""})
    void whatIsNoMomentIsRefused(String text) {
        assertThatThrownBy(() -> decoded(text)).isInstanceOf(UnreadableRecordException.class);
    }
}
