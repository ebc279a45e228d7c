package io.wafleet.gateway.request;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class SendTimesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void readsTimesWithWhateverZone() throws Exception {
        SendTimes times = SendTimes.read("2026-01-02T02:00:00+02:00", " 2026-01-03T00:00:00.5Z ", NOW, false);
        assertThat(times).isEqualTo(
                new SendTimes(Instant.parse("2026-01-02T00:00:00Z"), Instant.parse("2026-01-03T00:00:00.500Z")));
        assertThat(SendTimes.read(null, null, NOW, false)).isEqualTo(SendTimes.ANY);
    }

    @Test
    void aTimeThatIsOverMeansAtOnce() throws Exception {
        assertThat(SendTimes.read("2020-01-01T00:00:00Z", null, NOW, false).isLaterThan(NOW)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tomorrow", "2026-01-02", "2026-01-02T00:00:00", "1767312000", "2026-13-02T00:00:00Z"})
    void saysWhatATimeMustLookLike(String written) {
        assertThatThrownBy(() -> SendTimes.read(written, null, NOW, false))
                .hasMessageStartingWith("sendAt: must be an ISO-8601 time with its zone");
        assertThatThrownBy(() -> SendTimes.read(null, written, NOW, false))
                .hasMessageStartingWith("expiresAt: must be an");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", value = {
        "2026-01-21T00:00:00.001Z, none, sendAt: must be at most 20 days ahead",
        "+999999999-01-01T00:00:00Z, none, sendAt: must be at most 20 days ahead",
        "none, 2026-01-01T00:00:00Z, expiresAt: must be in the future",
        "2026-01-02T00:00:00Z, 2026-01-02T00:00:00Z, expiresAt: must be after sendAt",
        "none, 2026-01-31T00:00:00.001Z, expiresAt: must be at most 30 days ahead"})
    void namesTheRuleThatTimesBreak(String sendAt, String expiresAt, String rule) {
        assertThatThrownBy(() -> SendTimes.read(sendAt, expiresAt, NOW, false)).hasMessage(rule);
    }

    @Test
    void aRepeatableRequestMayComeWhenItsTimeIsOver() throws Exception {
        assertThat(SendTimes.read(null, "2025-12-31T00:00:00Z", NOW, true).expiresAt())
                .isEqualTo(Instant.parse("2025-12-31T00:00:00Z"));
        assertThatThrownBy(() -> SendTimes.read("2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z", NOW, true))
                .hasMessage("expiresAt: must be after sendAt");
    }

    @Test
    void takesTheLastMomentsThatAreAllowed() throws Exception {
        assertThat(SendTimes.read("2026-01-21T00:00:00Z", "2026-01-31T00:00:00Z", NOW, false).sendAt()).isNotNull();
    }
}
