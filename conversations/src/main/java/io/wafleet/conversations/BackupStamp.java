package io.wafleet.conversations;

import io.wafleet.contract.Epoch;
import java.util.Comparator;

/**
 * Which of two backups is newer: the greater epoch, then the greater version.
 *
 * @param epoch of the claim under which it was made
 * @param version grows with each backup and each clearing under that epoch
 */
public record BackupStamp(Epoch epoch, long version) implements Comparable<BackupStamp> {
    private static final Comparator<BackupStamp> ORDER = Comparator.comparing(BackupStamp::epoch)
            .thenComparingLong(BackupStamp::version);

    @Override
    public int compareTo(BackupStamp other) {
        return ORDER.compare(this, other);
    }
}
