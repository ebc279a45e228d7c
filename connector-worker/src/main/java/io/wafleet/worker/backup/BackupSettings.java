package io.wafleet.worker.backup;

import io.wafleet.conversations.store.StoreSettings;
import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether and how credentials are backed up.
 *
 * @param interval an account's backup is replaced no more often
 */
public record BackupSettings(boolean enabled, Duration interval, StoreSettings store) {
    public static final Setting<Boolean> ENABLED = Setting.bool("backup.enabled", true,
            "Whether credentials are backed up, sealed, and accounts that a lost journal knew restored from there; when not"
                    + " given, only if a store is named by one of the store settings.");
    public static final Setting<Duration> INTERVAL = Setting.duration("backup.interval", "30s", Duration.ofMillis(10),
            Duration.ofHours(1), "How often at most an account's backup is replaced while its credentials change.");

    /** In the order of the settings table. */
    public static final List<Setting<?>> SETTINGS = settings();

    private static List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(List.of(ENABLED, INTERVAL));
        all.addAll(StoreSettings.SETTINGS);
        return List.copyOf(all);
    }

    /** A store that nobody named would be a file wherever the worker happens to be started, which nobody would look for. */
    public static BackupSettings from(Settings settings) {
        boolean enabled = settings.isGiven(ENABLED)
                ? settings.get(ENABLED)
                : StoreSettings.SETTINGS.stream().anyMatch(settings::isGiven);
        return new BackupSettings(enabled, settings.get(INTERVAL), StoreSettings.from(settings));
    }
}
