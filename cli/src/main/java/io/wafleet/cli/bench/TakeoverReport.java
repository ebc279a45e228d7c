package io.wafleet.cli.bench;

import io.wafleet.cli.fleet.Report;
import java.util.List;
import java.util.Map;

/**
 * The result as it is written as JSON.
 *
 * @param bench always {@code takeover}
 * @param journalMb of the partition, as stored
 */
public record TakeoverReport(String bench, int accounts, int credentialsKb, int credentialParts, long journalMb,
        long journalRecords, List<Run> runs, Summary summary) implements Report {

    /**
     * One takeover by a worker just started.
     *
     * @param takeoverMs from the assignment to ACTIVE
     * @param stepsMs what each step took of it
     * @param restored accounts that were connected again
     * @param allConnectedMs from the worker's start until then
     * @param floorMs what a bare consumer needs to read the same journal
     * @param peakMb the most memory that the worker's process held; 0 where the machine does not tell
     */
    record Run(int run, long takeoverMs, Map<String, Long> stepsMs, long restored, long allConnectedMs, long floorMs,
            long peakMb) {}

    /** Over all runs. */
    record Summary(Figures takeoverMs, Figures floorMs, double ratioToFloor, Figures peakMb, long lostAccounts) {}

    static TakeoverReport of(TakeoverOptions options, JournalOnDisk journal, List<Run> runs) {
        Figures takeover = Figures.of(runs.stream().map(Run::takeoverMs).toList());
        Figures floor = Figures.of(runs.stream().map(Run::floorMs).toList());
        long lost = runs.stream().mapToLong(r -> options.accounts() - r.restored()).sum();
        Summary summary = new Summary(takeover, floor,
                Math.round(100.0 * takeover.median() / Math.max(1, floor.median())) / 100.0,
                Figures.of(runs.stream().map(Run::peakMb).toList()), lost);
        return new TakeoverReport("takeover", options.accounts(), options.credentialsKb(), options.credentialParts(),
                journal.bytes() / 1_000_000, journal.records(), List.copyOf(runs), summary);
    }

    /** Whether every account was restored in each run. */
    @Override
    public boolean isSound() {
        return summary.lostAccounts() == 0;
    }
}
