package io.wafleet.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where settings come from: what was said on the command line wins over the environment, that over the default. Reads collect
 * their problems; {@link #check()} reports all of them at once. Not thread-safe: read once, at start.
 */
public final class Settings {
    private final Map<String, String> options;
    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    /**
     * @param options by setting key, what was said on the command line
     * @param environment the process's environment variables
     */
    public Settings(Map<String, String> options, Map<String, String> environment) {
        this.options = Map.copyOf(options);
        this.environment = Map.copyOf(environment);
    }

    /** The defaults, but for what is given by key; for tests. */
    public static Settings of(Map<String, String> options) {
        return new Settings(options, Map.of());
    }

    /** The same settings, with these options given on top; problems found so far stay behind. */
    public Settings with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(options);
        all.putAll(more);
        return new Settings(all, environment);
    }

    /**
     * The setting's value. When what was given is not valid, that is remembered for {@link #check()} and the default stands in.
     */
    public <T> T get(Setting<T> setting) {
        String given = given(setting);
        try {
            return setting.parser().apply(given == null ? setting.defaultText() : given);
        } catch (IllegalArgumentException e) {
            String shown = setting.secret() ? "the value given" : "'" + given + "'";
            problems.add(setting.option() + " (" + setting.environment() + "): must be " + e.getMessage() + ", not "
                    + shown);
            return setting.parser().apply(setting.defaultText());
        }
    }

    /** Whether the setting was given at all. */
    public boolean isGiven(Setting<?> setting) {
        return given(setting) != null;
    }

    /** Remembers a problem between settings for {@link #check()}. */
    public void problem(String text) {
        problems.add(text);
    }

    /**
     * @throws InvalidSettingsException naming every problem found so far
     */
    public void check() {
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    private @Nullable String given(Setting<?> setting) {
        String option = options.get(setting.key());
        if (option != null) {
            return option;
        }
        String variable = environment.get(setting.environment());
        return variable == null || variable.isEmpty() ? null : variable;
    }
}
