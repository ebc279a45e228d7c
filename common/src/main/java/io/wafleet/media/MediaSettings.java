package io.wafleet.media;

import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where media that arrive are kept; workers write there, gateways read.
 *
 * @param dir empty: nowhere
 */
public record MediaSettings(Optional<Path> dir) {
    public static final Setting<Path> DIR = Setting.path("media.dir", "",
            "Folder for the bytes of media that arrive, the same for workers (they write) and gateways (they read);"
                    + " without it they stay at WhatsApp.");

    /** In the order of the settings table. */
    public static final List<Setting<?>> SETTINGS = List.of(DIR);

    public static MediaSettings from(Settings settings) {
        Path dir = settings.get(DIR);
        return new MediaSettings(dir.toString().isEmpty() ? Optional.empty() : Optional.of(dir));
    }

    /** The store; empty when nothing is kept. */
    public Optional<MediaStore> store() {
        return dir.map(FolderMediaStore::new);
    }
}
