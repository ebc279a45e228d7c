package io.wafleet.health;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Named checks that say whether a role is ready to do its work. Thread-safe once built; checks must answer at once. */
public final class Health {
    private final Map<String, BooleanSupplier> checks = new LinkedHashMap<>();

    /** Adds a check; true means ready. */
    public synchronized Health readyWhen(String name, BooleanSupplier check) {
        checks.put(name, check);
        return this;
    }

    /** Each check's answer now. */
    public synchronized Map<String, Boolean> readiness() {
        Map<String, Boolean> answers = new LinkedHashMap<>();
        checks.forEach((name, check) -> answers.put(name, check.getAsBoolean()));
        return answers;
    }

    public boolean isReady() {
        return !readiness().containsValue(false);
    }
}
