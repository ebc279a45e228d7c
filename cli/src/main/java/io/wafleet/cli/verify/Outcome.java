package io.wafleet.cli.verify;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a scenario.
 *
 * @param answers which defect it is about
 * @param problem why it failed or was skipped; null when it passed
 * @param evidence what was done and seen, in the order of time
 */
public record Outcome(String scenario, Result result, String answers, long millis, @Nullable String problem,
        List<String> evidence) {
    /** How a scenario ends. */
    public enum Result {
        PASS, FAIL, SKIP
    }

    public Outcome {
        evidence = List.copyOf(evidence);
    }
}
