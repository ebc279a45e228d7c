package io.wafleet.worker.partition;

import io.wafleet.contract.Epoch;
import io.wafleet.contract.JournalRecord.AccountState;
import io.wafleet.conversations.BackupStamp;
import io.wafleet.worker.backup.Backups;
import io.wafleet.worker.backup.Copy;
import io.wafleet.worker.connector.Credentials;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells the backup what the journal holds of an account, once it does. Used on one partition loop.
 *
 * <p>An account that lost its credentials is told at once, and anew by each owner: a clearing that an owner could not write is never
 * forgotten. So is one that has just got credentials, or that a person wants otherwise.
 */
final class Copies {
    private final Backups backups;
    private final int partition;
    private final Epoch epoch;

    /** What the backup was told last. */
    record Told(@Nullable AccountState state, Credentials credentials) {
        /** A new account: nothing is kept of it, and nothing to be cleared. */
        static final Told NOTHING = new Told(null, Credentials.NONE);
    }

    Copies(Backups backups, int partition, Epoch epoch) {
        this.backups = backups;
        this.partition = partition;
        this.epoch = epoch;
    }

    /** The transaction may change what the journal holds of the account. */
    void note(AccountSlot slot, Transaction transaction) {
        AccountState state = slot.session.account();
        Told before = slot.told;
        // Parts that cannot be opened are still there, and so is what was kept of them.
        if (state == null || !slot.unopened.isEmpty()) {
            return;
        }
        Told now = new Told(state, slot.credentials);
        slot.told = now;
        if (before != null && (isSame(before, now) || areNone(before, now))) {
            return;
        }
        boolean urgent = isUrgent(before, now);
        transaction.acts.add(() -> backups.keep(copy(now, transaction.sequence), urgent));
    }

    private static boolean isSame(Told before, Told now) {
        return now.credentials.equals(before.credentials) && now.state != null && now.state.equals(before.state);
    }

    private static boolean areNone(Told before, Told now) {
        return before.credentials.isEmpty() && now.credentials.isEmpty();
    }

    private static boolean isUrgent(@Nullable Told before, Told now) {
        if (now.credentials.isEmpty() || before == null) {
            return now.credentials.isEmpty();
        }
        return before.credentials.isEmpty() || before.state == null || now.state == null
                || before.state.desired() != now.state.desired();
    }

    /** What the journal holds of the account after the owner's last write. */
    Optional<Copy> last(AccountSlot slot, long sequence) {
        Told told = slot.told;
        return told == null || told.state == null ? Optional.empty() : Optional.of(copy(told, sequence));
    }

    private Copy copy(Told told, long sequence) {
        AccountState state = told.state;
        if (state == null) {
            throw new IllegalStateException("nothing to tell");
        }
        return new Copy(partition, state, told.credentials, new BackupStamp(epoch, sequence));
    }
}
