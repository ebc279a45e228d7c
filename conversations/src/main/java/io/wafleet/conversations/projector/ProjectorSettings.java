package io.wafleet.conversations.projector;

import io.wafleet.conversations.store.StoreSettings;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import io.wafleet.settings.Timings;
import java.time.Duration;
import java.util.List;

/**
 * What the projector is told.
 *
 * @param longestPause between two attempts at a store that is away
 */
public record ProjectorSettings(KafkaSettings kafka, Timings timings, StoreSettings store, Duration longestPause) {
    public static final Setting<Duration> LONGEST_PAUSE = Setting.duration("projector.retry.max", "5s",
            Duration.ofMillis(100), Duration.ofMinutes(5),
            "The longest pause between two attempts at a store that is down, busy or full; it is tried for ever.");
    /** In the order of the settings table. */
    public static final List<Setting<?>> SETTINGS = List.of(LONGEST_PAUSE);

    /** Problems are kept in {@code settings} for its check. */
    public static ProjectorSettings from(Settings settings) {
        return new ProjectorSettings(KafkaSettings.from(settings), Timings.from(settings),
                StoreSettings.from(settings), settings.get(LONGEST_PAUSE));
    }
}
