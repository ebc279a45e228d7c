package io.wafleet.settings;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class SettingsTest {
    private static final Setting<Integer> PORT = Setting.port("http.port", 8080, "Port.");
    private static final Setting<String> TOKEN = Setting.text("admin.token", "", "Token.").asSecret();

    private enum Color {
        LIGHT_RED, BLUE
    }

    @Test
    void namesOptionAndVariableAfterTheKey() {
        assertThat(PORT.option()).isEqualTo("--http-port");
        assertThat(PORT.environment()).isEqualTo("WAFLEET_HTTP_PORT");
        assertThat(PORT.environment("PORT").environment()).isEqualTo("PORT");
        assertThat(PORT.withDefault("9090").defaultText()).isEqualTo("9090");
    }

    @Test
    void optionWinsOverEnvironmentAndThatOverDefault() {
        Map<String, String> environment = Map.of("WAFLEET_HTTP_PORT", "2");
        assertThat(new Settings(Map.of("http.port", "1"), environment).get(PORT)).isEqualTo(1);
        assertThat(new Settings(Map.of(), environment).get(PORT)).isEqualTo(2);
        assertThat(new Settings(Map.of(), Map.of()).get(PORT)).isEqualTo(8080);
    }

    @Test
    void anEmptyVariableCountsAsAbsent() {
        Settings settings = new Settings(Map.of(), Map.of("WAFLEET_HTTP_PORT", ""));
        assertThat(settings.get(PORT)).isEqualTo(8080);
        assertThat(settings.isGiven(PORT)).isFalse();
    }

    @Test
    void reportsAllProblemsAtOnceNamingOptionVariableAndRule() {
        Settings settings = Settings
                .of(Map.of("http.port", "70000", "color", "green", "wait", "2 years", "on", "maybe"));
        settings.get(PORT);
        settings.get(Setting.choice("color", Color.class, Color.BLUE, "Color."));
        settings.get(Setting.duration("wait", "1s", Duration.ZERO, Duration.ofMinutes(1), "Wait."));
        settings.get(Setting.bool("on", true, "On."));
        settings.problem("and these two do not fit together");
        assertThatThrownBy(settings::check).isInstanceOf(InvalidSettingsException.class).hasMessage(
                """
                        --http-port (WAFLEET_HTTP_PORT): must be a number from 0 to 65535, not '70000'
                        --color (WAFLEET_COLOR): must be one of light-red, blue, not 'green'
                        --wait (WAFLEET_WAIT): must be a duration such as 250ms, 5s, 10m, 24h or 7d, not '2 years'
                        --on (WAFLEET_ON): must be true or false, not 'maybe'
                        and these two do not fit together""");
    }

    @Test
    void neverShowsASecret() {
        Settings settings = Settings.of(Map.of("admin.token", "hush"));
        Setting<String> picky = new Setting<>(TOKEN.key(), TOKEN.environment(), "text", "", "Token.", true, s -> {
            if (!s.isEmpty()) {
                throw new IllegalArgumentException("longer");
            }
            return s;
        });
        settings.get(picky);
        assertThatThrownBy(settings::check).hasMessageNotContaining("hush").hasMessageContaining("the value given");
    }

    @Test
    void readsEachType() {
        Settings settings = Settings.of(Map.of("color", "LIGHT-RED", "on", "no", "wait", "250ms"));
        assertThat(settings.get(Setting.choice("color", Color.class, Color.BLUE, ""))).isEqualTo(Color.LIGHT_RED);
        assertThat(settings.get(Setting.bool("on", true, ""))).isFalse();
        assertThat(settings.get(Setting.duration("wait", "1s", Duration.ZERO, Duration.ofMinutes(1), "")))
                .isEqualTo(Duration.ofMillis(250));
        assertThatCode(settings::check).doesNotThrowAnyException();
    }
}
