package io.wafleet.conversations;

/** What the store knows of an account's credentials. */
public sealed interface CredentialBackup {
    /** None was ever kept. */
    record Absent() implements CredentialBackup {}

    /** They were cleared: the account was logged out, or erased. That is knowledge, and nothing older comes back. */
    record Cleared(BackupStamp stamp) implements CredentialBackup {}

    /** They are kept. */
    final class Kept implements CredentialBackup {
        private final BackupStamp stamp;
        private final byte[] sealed;

        /**
         * @param sealed encrypted by the worker; opaque here; not to be changed
         */
        public Kept(BackupStamp stamp, byte[] sealed) {
            this.stamp = stamp;
            this.sealed = sealed;
        }

        public BackupStamp stamp() {
            return stamp;
        }

        /** Not to be changed. */
        public byte[] sealed() {
            return sealed;
        }

        /** Without the bytes. */
        @Override
        public String toString() {
            return "Kept[" + stamp + ", " + sealed.length + " bytes]";
        }
    }

    /** What becomes of a new stamp beside what is known. */
    enum Verdict {
        /** It is newer: it replaces what is known. */
        NEWER,
        /** It is what is known. */
        SAME,
        /** What is known is newer, or was cleared at the same moment. */
        OLDER
    }

    /** Whether credentials with this stamp may be kept; shared by all stores. */
    default Verdict onPut(BackupStamp stamp) {
        return switch (this) {
            case Absent _ -> Verdict.NEWER;
            case Cleared cleared -> stamp.compareTo(cleared.stamp) > 0 ? Verdict.NEWER : Verdict.OLDER;
            case Kept kept -> verdict(stamp.compareTo(kept.stamp));
        };
    }

    /** Whether a clearing with this stamp counts. One at the same moment as a backup does: gone is safer than kept. */
    default Verdict onClear(BackupStamp stamp) {
        return switch (this) {
            case Absent _ -> Verdict.NEWER;
            case Cleared cleared -> verdict(stamp.compareTo(cleared.stamp));
            case Kept kept -> stamp.compareTo(kept.stamp) >= 0 ? Verdict.NEWER : Verdict.OLDER;
        };
    }

    private static Verdict verdict(int order) {
        return order > 0 ? Verdict.NEWER : order == 0 ? Verdict.SAME : Verdict.OLDER;
    }
}
