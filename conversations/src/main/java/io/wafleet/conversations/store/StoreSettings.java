package io.wafleet.conversations.store;

import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import java.nio.file.Path;
import java.util.List;

/**
 * Which store holds what people read; the same for every role that uses it.
 *
 * @param sqliteFile where the embedded store lies
 * @param firestoreProject the Google Cloud project of the Firestore; empty: that of the environment's credentials
 */
public record StoreSettings(Kind kind, Path sqliteFile, String firestoreProject) {
    /** The stores there are. */
    public enum Kind {
        /** One file on this machine, for all of its processes. */
        SQLITE,
        /** Google Firestore; {@code FIRESTORE_EMULATOR_HOST} leads to an emulator. */
        FIRESTORE
    }

    public static final Setting<Kind> KIND = Setting.choice("store", Kind.class, Kind.SQLITE,
            "Where conversations, accounts for readers and backups of credentials are kept.");
    public static final Setting<Path> SQLITE_FILE = Setting.path("store.sqlite.file", "data/conversations.db",
            "File of the embedded store; every process of this machine that uses it names the same.");
    public static final Setting<String> FIRESTORE_PROJECT = Setting.text("store.firestore.project", "",
            "Google Cloud project of the Firestore; empty: that of the environment's credentials.");
    /** In the order of the settings table. */
    public static final List<Setting<?>> SETTINGS = List.of(KIND, SQLITE_FILE, FIRESTORE_PROJECT);

    /** Problems are kept in {@code settings} for its check. */
    public static StoreSettings from(Settings settings) {
        return new StoreSettings(settings.get(KIND), settings.get(SQLITE_FILE), settings.get(FIRESTORE_PROJECT));
    }
}
