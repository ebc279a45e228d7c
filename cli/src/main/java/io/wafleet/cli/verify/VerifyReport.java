package io.wafleet.cli.verify;

import java.util.List;

/**
 * The result of a run.
 *
 * @param timers what the fleet's timers were
 */
public record VerifyReport(String timers, long passed, long failed, long skipped, List<Outcome> scenarios) {
    static VerifyReport of(String timers, List<Outcome> scenarios) {
        return new VerifyReport(timers, count(scenarios, Outcome.Result.PASS), count(scenarios, Outcome.Result.FAIL),
                count(scenarios, Outcome.Result.SKIP), List.copyOf(scenarios));
    }

    private static long count(List<Outcome> scenarios, Outcome.Result result) {
        return scenarios.stream().filter(s -> s.result() == result).count();
    }

    /** Such as {@code 20 passed, 0 failed}. */
    String summary() {
        return passed + " passed, " + failed + " failed" + (skipped == 0 ? "" : ", " + skipped + " skipped");
    }
}
