package io.wafleet.cli.verify;

import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import io.wafleet.settings.Timings;
import io.wafleet.simulator.SimulatorSettings;
import io.wafleet.worker.session.SessionPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The patience that the fleet under test has, so that scenarios know what to wait for.
 *
 * @param session of its workers
 * @param lease how long a silent worker may be taken for alive
 * @param settings that give a fleet this patience, by environment variable
 */
public record Timers(SessionPolicy session, Duration lease, Map<String, String> settings) {
    /** A 401 must be followed by so many of the longest waits without one connect. */
    private static final int BACKOFF_PERIODS = 10;

    private static final Map<Setting<?>, String> SHORT = shorter();

    /** The shortest wait is still longer than the watch takes for a look on a busy machine: no status goes unseen. */
    private static Map<Setting<?>, String> shorter() {
        Map<Setting<?>, String> shorter = new LinkedHashMap<>();
        shorter.put(Timings.SESSION, "4s");
        shorter.put(SessionPolicy.CONNECT_TIMEOUT, "4s");
        shorter.put(SessionPolicy.QR_WINDOW, "22s");
        shorter.put(SessionPolicy.STABLE_AFTER, "2s");
        shorter.put(SessionPolicy.BACKOFF_MIN, "400ms");
        shorter.put(SessionPolicy.BACKOFF_MAX, "800ms");
        shorter.put(SessionPolicy.REPLACED_WAIT, "1500ms");
        shorter.put(SessionPolicy.REPLACED_WINDOW, "30s");
        shorter.put(SessionPolicy.KEEP_ALIVE_INTERVAL, "1s");
        shorter.put(SessionPolicy.KEEP_ALIVE_TIMEOUT, "3s");
        shorter.put(SimulatorSettings.FIRST_QR_VALIDITY, "5s");
        shorter.put(SimulatorSettings.QR_VALIDITY, "2s");
        shorter.put(SimulatorSettings.QR_REFS, "6");
        return shorter;
    }

    /** So short that nobody waits for minutes. */
    static Timers shortened() {
        return of(SHORT);
    }

    /** Those that a fleet has when nobody sets any. */
    static Timers real() {
        return of(Map.of());
    }

    /** Those of a fleet that was started with these settings. */
    public static Timers of(Settings settings) {
        return new Timers(SessionPolicy.from(settings), Timings.from(settings).lease(), Map.of());
    }

    private static Timers of(Map<Setting<?>, String> changed) {
        List<Setting<?>> all = new ArrayList<>(List.of(Timings.PROFILE, Timings.SESSION));
        all.addAll(SessionPolicy.SETTINGS);
        all.addAll(List.of(SimulatorSettings.FIRST_QR_VALIDITY, SimulatorSettings.QR_VALIDITY,
                SimulatorSettings.QR_REFS));
        Map<String, String> environment = new LinkedHashMap<>();
        // Each one, so that what this process's environment says does not count.
        all.forEach(setting -> environment.put(setting.environment(),
                changed.getOrDefault(setting, setting.defaultText())));
        Settings read = new Settings(Map.of(), environment);
        return new Timers(SessionPolicy.from(read), Timings.from(read).lease(), environment);
    }

    /** How long it must stay quiet after a terminal close: ten times the longest backoff. */
    public Duration tenBackoffs() {
        return session.backoffMax().multipliedBy(BACKOFF_PERIODS);
    }

    /** For people: each shortened timer, and what it is otherwise. */
    static String shortening() {
        List<String> all = new ArrayList<>();
        SHORT.forEach((setting, value) -> all
                .add(setting.option().substring(2) + " " + value + " (" + setting.defaultText() + ")"));
        return String.join(", ", all);
    }
}
