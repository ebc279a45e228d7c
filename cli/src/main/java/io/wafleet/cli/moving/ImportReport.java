package io.wafleet.cli.moving;

import io.wafleet.conversations.moving.Finding;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an import found and did; in a dry run, what it would do.
 *
 * @param dryRun whether nothing was written
 * @param read how many documents of each collection were read
 * @param before what was here of the imported accounts
 * @param after what is here now; in a dry run, what would be
 * @param newDocuments threads and messages that were not here
 * @param changedDocuments those that say more than they did; a dry run cannot tell
 * @param findings what was done to documents, and why
 */
public record ImportReport(boolean dryRun, Map<String, Long> read, Counts before, Counts after, long newDocuments,
        long changedDocuments, Brought accounts, Brought sessions, List<Finding> findings) {

    private static final int EXAMPLES = 3;
    private static final String INDENT = " ".repeat(23);

    /** What there is of the accounts that are imported. */
    public record Counts(long accounts, long threads, long messages, long sessions) {}

    /**
     * How many of those in the source are new here.
     *
     * @param left here already, or kept out; they stay as they are
     */
    public record Brought(long added, long left) {}

    /** Whether everything was here already. */
    public boolean changesNothing() {
        return newDocuments + changedDocuments + accounts.added + sessions.added == 0;
    }

    /** For people. */
    public void print(PrintStream out) {
        out.println(dryRun ? "Dry run: nothing was written. What an import with --yes does:" : "Imported:");
        out.println();
        out.println("  read       " + read);
        row(out, "", "before", "after");
        row(out, "accounts", before.accounts, after.accounts);
        row(out, "threads", before.threads, after.threads);
        row(out, "messages", before.messages, after.messages);
        row(out, "sessions", before.sessions, after.sessions);
        out.println();
        String word = "";
        for (Finding finding : findings) {
            String kind = finding.kind().name().toLowerCase(Locale.ROOT);
            out.printf(Locale.ROOT, "  %-10s %,6d  %s%n", kind.equals(word) ? "" : kind, finding.count(),
                    finding.why());
            finding.paths().stream().limit(EXAMPLES).forEach(path -> out.println(INDENT + path));
            if (finding.count() > EXAMPLES) {
                out.printf(Locale.ROOT, "%s... and %,d more (--json names all)%n", INDENT, finding.count() - EXAMPLES);
            }
            word = kind;
        }
        out.println();
        out.println(changesNothing()
                ? "Nothing " + (dryRun ? "would change" : "changed") + ": everything was here already."
                : String.format(Locale.ROOT, "%,d new and %,d changed documents, %,d accounts, %,d sessions.",
                        newDocuments, changedDocuments, accounts.added, sessions.added));
    }

    private static void row(PrintStream out, String what, Object before, Object after) {
        out.printf(Locale.ROOT, "  %-10s %8s %8s%n", what, before, after);
    }
}
