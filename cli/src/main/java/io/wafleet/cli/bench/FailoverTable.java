package io.wafleet.cli.bench;

import java.io.PrintStream;

/** The result as people read it: a line for each run while it goes on, then the summary. */
final class FailoverTable {
    /** What the columns mean, for the help. */
    static final String LEGEND = """
            first, last      event to the first and the last affected account connected again
            gap              the longest that an account was without a connection
            claimed          event to the last claim of a partition that had to move
            floor            event to the last partition assigned, of bare consumers in the same group set-up
            disturbed        accounts of which a connection ended; in brackets those that had no need to
            lost             accounts that did not come back
            acts, writes     acts on an older connection beside a newer one; a former owner's writes that readers saw""";

    private final PrintStream out;

    FailoverTable(PrintStream out) {
        this.out = out;
    }

    void head() {
        out.printf("%4s  %-10s %8s %7s %7s %7s %8s %7s %11s %5s %5s %6s%n", "run", "worker", "accounts", "first",
                "last", "gap", "claimed", "floor", "disturbed", "lost", "acts", "writes");
        out.flush();
    }

    void row(FailoverRun r) {
        out.printf("%4d  %-10s %8d %7d %7d %7d %8d %7d %11s %5d %5d %6d%n", r.run(), r.worker(), r.affectedAccounts(),
                r.firstAccountBackMs(), r.lastAccountBackMs(), r.longestGapMs(), r.lastClaimMs(), r.floorMs(),
                r.disturbedAccounts() + " (" + r.disturbedNeedlessly() + ")", r.lostAccounts(), r.formerOwnerActs(),
                r.formerOwnerWritesAccepted());
        out.flush();
    }

    void summary(FailoverReport report) {
        FailoverReport.Summary s = report.summary();
        out.printf("%n%s, %d accounts, %d workers, session %d ms, %d runs; ms, median / p95 / max%n", report.kind(),
                report.accounts(), report.workers(), report.sessionMs(), report.runs().size());
        line("first account back", s.firstAccountBackMs());
        line("last account back", s.lastAccountBackMs());
        line("longest gap of an account", s.longestGapMs());
        line("floor", s.floorMs());
        line("last account back to floor", s.ratioToFloor());
        line("lost accounts", s.lostAccounts());
        line("acts of former owners", s.formerOwnerActs());
        line("writes of former owners", s.formerOwnerWritesAccepted());
        line("disturbed needlessly", s.disturbedNeedlessly());
        out.flush();
    }

    private void line(String what, Object figure) {
        out.printf("  %-28s %s%n", what, figure);
    }
}
