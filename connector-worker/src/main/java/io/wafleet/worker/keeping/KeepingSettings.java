package io.wafleet.worker.keeping;

import io.wafleet.media.MediaSettings;
import io.wafleet.media.MediaStore;
import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How media that arrive are kept.
 *
 * @param store where; empty: they stay at WhatsApp
 * @param maxBytes what is larger stays at WhatsApp
 * @param timeout of one attempt
 * @param concurrent how many are brought at a time
 */
public record KeepingSettings(MediaSettings store, int maxBytes, Duration timeout, int concurrent) {
    public static final Setting<Integer> MAX_BYTES = Setting.integer("media.keep.max.bytes", 100 << 20, 1, 2_000 << 20,
            "The most bytes that a medium that arrives may have to be kept; a larger one stays at WhatsApp.");
    public static final Setting<Duration> TIMEOUT = Setting.duration("media.keep.timeout", "2m", Duration.ofMillis(100),
            Duration.ofHours(1), "How long one attempt to bring a medium that arrived may take.");
    public static final Setting<Integer> CONCURRENT = Setting.integer("media.keep.concurrent", 4, 1, 64,
            "Media that arrived and that a worker brings at a time.");

    /** In the order of the settings table. */
    public static final List<Setting<?>> SETTINGS = settings();

    private static List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(MediaSettings.SETTINGS);
        all.addAll(List.of(MAX_BYTES, TIMEOUT, CONCURRENT));
        return List.copyOf(all);
    }

    public static KeepingSettings from(Settings settings) {
        return new KeepingSettings(MediaSettings.from(settings), settings.get(MAX_BYTES), settings.get(TIMEOUT),
                settings.get(CONCURRENT));
    }

    /** Empty when nothing is kept. */
    public Optional<MediaStore> mediaStore() {
        return store.store();
    }

    /** The most bytes of a medium that is kept; 0: none is. */
    public long keptBytes() {
        return store.dir().isPresent() ? maxBytes : 0;
    }
}
