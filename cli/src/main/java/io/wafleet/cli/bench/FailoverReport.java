package io.wafleet.cli.bench;

import io.wafleet.cli.fleet.Report;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The result as it is written as JSON.
 *
 * @param bench always {@code failover}
 */
public record FailoverReport(String bench, String kind, int accounts, int workers, int sessionMs,
        List<FailoverRun> runs,
        Summary summary) implements Report {

    /**
     * Over all runs.
     *
     * @param longestGapMs of each disturbed account in each run
     * @param ratioToFloor median of the last account back to the median of the floor
     */
    record Summary(Figures firstAccountBackMs, Figures lastAccountBackMs, Figures longestGapMs, Figures floorMs,
            double ratioToFloor, long lostAccounts, long formerOwnerActs, long formerOwnerWritesAccepted,
            long disturbedNeedlessly) {}

    static FailoverReport of(FailoverOptions options, List<FailoverRun> runs, List<Long> gapsMs) {
        Figures last = figures(runs, FailoverRun::lastAccountBackMs);
        Figures floor = figures(runs, FailoverRun::floorMs);
        double ratio = floor.median() == 0 ? 0 : Math.round(100.0 * last.median() / floor.median()) / 100.0;
        Summary summary = new Summary(figures(runs, FailoverRun::firstAccountBackMs), last, Figures.of(gapsMs), floor,
                ratio, sum(runs, FailoverRun::lostAccounts), sum(runs, FailoverRun::formerOwnerActs),
                sum(runs, FailoverRun::formerOwnerWritesAccepted), sum(runs, FailoverRun::disturbedNeedlessly));
        return new FailoverReport("failover", options.kind().name().toLowerCase(java.util.Locale.ROOT),
                options.accounts(), options.workers(), Math.toIntExact(options.session().toMillis()),
                List.copyOf(runs), summary);
    }

    /** Whether nothing happened that must never happen. */
    @Override
    public boolean isSound() {
        return summary.lostAccounts() == 0 && summary.formerOwnerActs() == 0
                && summary.formerOwnerWritesAccepted() == 0;
    }

    private static Figures figures(List<FailoverRun> runs, ToLongFunction<FailoverRun> of) {
        return Figures.of(runs.stream().map(of::applyAsLong).toList());
    }

    private static long sum(List<FailoverRun> runs, ToLongFunction<FailoverRun> of) {
        return runs.stream().mapToLong(of).sum();
    }
}
