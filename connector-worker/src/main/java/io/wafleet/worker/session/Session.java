package io.wafleet.worker.session;

import io.wafleet.contract.JournalRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account as its owner knows it: what the journal holds, and where the link stands. Immutable.
 *
 * @param account as journalled; null before the account exists
 * @param paired whether there are credentials to log in with
 * @param link where the link stands; not journalled
 */
public record Session(JournalRecord.@Nullable AccountState account, boolean paired, Link link) {

    /** When the next attempt is planned; null when none is. */
    public @Nullable Instant nextAttemptAt() {
        return link instanceof Link.Waiting waiting ? waiting.due() : null;
    }

    /** The connection that counts; what any other still says is old. Null when there is none. */
    public @Nullable ConnectionNumber connection() {
        return link instanceof Link.Live live ? live.connection() : null;
    }

    /** How many connections were opened by this worker; the number of the latest. */
    public long connections() {
        return link.past().connections();
    }
}
