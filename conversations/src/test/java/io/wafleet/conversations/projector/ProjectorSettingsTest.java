package io.wafleet.conversations.projector;

import io.wafleet.conversations.store.StoreSettings;
import io.wafleet.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class ProjectorSettingsTest {
    private static ProjectorSettings from(Map<String, String> given) {
        Settings settings = Settings.of(given);
        ProjectorSettings read = ProjectorSettings.from(settings);
        settings.check();
        return read;
    }

    @Test
    void hasDefaults() {
        assertThat(from(Map.of()).longestPause()).hasSeconds(5);
        assertThat(from(Map.of()).store().kind()).isEqualTo(StoreSettings.Kind.SQLITE);
    }

    @Test
    void everySettingIsTaken() {
        ProjectorSettings read = from(Map.of("projector.retry.max", "20s", "store.sqlite.file", "there.db"));
        assertThat(read.longestPause()).isEqualTo(Duration.ofSeconds(20));
        assertThat(read.store().sqliteFile()).isEqualTo(Path.of("there.db"));
    }

    @Test
    void badValuesAreRefusedByName() {
        assertThatThrownBy(() -> from(Map.of("projector.retry.max", "1ms")))
                .hasMessageContaining("--projector-retry-max");
    }
}
