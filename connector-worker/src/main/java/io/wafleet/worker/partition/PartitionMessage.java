package io.wafleet.worker.partition;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.JournalRecord;
import io.wafleet.contract.MessageId;
import io.wafleet.worker.connector.ConnectionListener;
import io.wafleet.worker.connector.Credentials;
import io.wafleet.worker.journal.JournalImage;
import io.wafleet.worker.log.Batch.CommitResult;
import io.wafleet.worker.media.MediaSource;
import io.wafleet.worker.ownership.Tenure;
import io.wafleet.worker.session.ConnectionNumber;
import io.wafleet.worker.session.SessionTimer;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What reaches a partition loop's mailbox. */
sealed interface PartitionMessage {
    /** What the world tells: it can wait while the loop is suspended. */
    sealed interface FromOutside extends PartitionMessage {}

    record Begin(JournalImage image, PartitionLoop.Intake intake) implements PartitionMessage {}

    record Suspend() implements PartitionMessage {}

    record Resume(Tenure tenure, Epoch epoch, JournalImage image,
            PartitionLoop.Intake intake) implements PartitionMessage {}

    record Written(Transaction transaction, CommitResult result) implements PartitionMessage {}

    record HandOver(CompletableFuture<Void> done) implements PartitionMessage {}

    record Signalled(AccountId account, ConnectionNumber connection,
            ConnectionListener.Signal signal) implements FromOutside {}

    record TimerFired(AccountId account, SessionTimer timer, Instant due) implements FromOutside {}

    record MediaBrought(AccountId account, ConnectionNumber connection, MessageId message,
            MediaSource.Brought media) implements FromOutside {}

    /** It may connect now; the turn is ended once it did, or did not want to any more. */
    record Permitted(AccountId account, ConnectLimiter.Turn turn) implements FromOutside {}

    /** The backup has an account that the journal, as it was at the claim, does not know. */
    record BackupFound(Epoch epoch, JournalRecord.AccountState account,
            Credentials credentials) implements FromOutside {}

    /** Nothing more is to come from the backups, or it is not waited for any longer. */
    record BackupsSettled(Epoch epoch) implements PartitionMessage {}

    /** A record of the commands topic, as it was; a class, since its bytes are arrays. */
    final class Arrived implements FromOutside {
        private final PartitionLoop.Intake intake;
        private final long offset;
        private final byte @Nullable [] key;
        private final byte @Nullable [] value;

        Arrived(PartitionLoop.Intake intake, long offset, byte @Nullable [] key, byte @Nullable [] value) {
            this.intake = intake;
            this.offset = offset;
            this.key = key;
            this.value = value;
        }

        PartitionLoop.Intake intake() {
            return intake;
        }

        long offset() {
            return offset;
        }

        byte @Nullable [] key() {
            return key;
        }

        byte @Nullable [] value() {
            return value;
        }
    }
}
