package io.wafleet.cli;

import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import java.nio.file.Path;
import java.util.Optional;

/** What the commands that start a fleet of processes to try it out are told. */
final class TestFleetSettings {
    static final Setting<Integer> ACCOUNTS = Setting.integer("accounts", 200, 1, 10_000,
            "How many accounts are linked.");
    static final Setting<Integer> WORKERS = DevSettings.WORKERS.withDefault("3");
    static final Setting<Path> JSON = Setting.path("json", "", "File that the result is written to as JSON.");
    static final Setting<Path> DIRECTORY = Setting.path("dir", "",
            "Folder for the data and logs of all processes, kept; otherwise a temporary one, kept after a failure.");

    private TestFleetSettings() {}

    static Optional<Path> path(Settings given, Setting<Path> setting) {
        return given.isGiven(setting) ? Optional.of(given.get(setting)) : Optional.empty();
    }
}
