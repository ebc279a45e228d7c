package io.wafleet.worker.partition;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Command;
import io.wafleet.contract.Content;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Event;
import io.wafleet.contract.JournalKey;
import io.wafleet.contract.JournalRecord;
import io.wafleet.contract.MediaInfo;
import io.wafleet.contract.MediaKey;
import io.wafleet.contract.Reply;
import io.wafleet.contract.Topic;
import io.wafleet.contract.TransactionalId;
import io.wafleet.contract.WorkerId;
import io.wafleet.worker.connector.ConnectionListener.ReceiptArrived;
import io.wafleet.worker.connector.Inbound;
import io.wafleet.worker.log.Entry;
import io.wafleet.worker.session.Session;
import io.wafleet.worker.session.SessionEffect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts what happened under one epoch into records. Stateless but for whose epoch it is. */
final class Facts {
    private static final String PARTITION_KEY = new JournalKey.Partition().text();

    private final WorkerId worker;
    private final Epoch epoch;
    private final long keptMediaBytes;

    /**
     * @param keptMediaBytes the most bytes of a medium that is kept; 0: none is
     */
    Facts(WorkerId worker, Epoch epoch, long keptMediaBytes) {
        this.worker = worker;
        this.epoch = epoch;
        this.keptMediaBytes = keptMediaBytes;
    }

    /** The claim: own owner record, tombstones for those fenced, epoch and position, and the event that tells all. */
    List<Entry> claim(int partition, TransactionalId own, Set<TransactionalId> fenced, long position, Instant at) {
        List<Entry> entries = new ArrayList<>();
        fenced.forEach(id -> entries.add(Entry.journalTombstone(new JournalKey.Owner(id))));
        entries.add(Entry.journal(new JournalKey.Owner(own), new JournalRecord.OwnerClaim(own, worker, epoch, at)));
        entries.add(position(position, 0));
        entries.add(Entry.of(Topic.EVENTS, PARTITION_KEY,
                new Event.PartitionClaimed(partition, epoch, worker, own, at)));
        return entries;
    }

    /** The release: no one needs to fence this producer for this partition any more. */
    List<Entry> release(int partition, TransactionalId own, long position, long sequence, Instant at) {
        return List.of(Entry.journalTombstone(new JournalKey.Owner(own)), position(position, sequence),
                Entry.of(Topic.EVENTS, PARTITION_KEY, new Event.PartitionReleased(partition, epoch, worker, at)));
    }

    Entry position(long position, long sequence) {
        return Entry.journal(new JournalKey.Partition(),
                new JournalRecord.PartitionState(epoch, worker, position, sequence));
    }

    Entry status(JournalRecord.AccountState account, Session session) {
        return event(account.account(),
                new Event.AccountStatusChanged(account.account(), epoch, worker, account.since(), account.phone(),
                        account.name(), account.desired(), account.status(), account.reason(), account.code(),
                        account.requiresQr(), session.nextAttemptAt(), account.createdAt(), account.lastCommand()));
    }

    Entry unreadable(AccountId account, Instant at) {
        return event(account, new Event.AccountUnreadable(account, epoch, worker, at));
    }

    Entry qr(AccountId account, SessionEffect.AnnounceQr qr, Instant at) {
        return event(account, new Event.QrIssued(account, epoch, at, qr.text(), qr.expiresAt(), qr.windowEndsAt()));
    }

    Entry pairingCode(AccountId account, SessionEffect.AnnouncePairingCode code, Instant at) {
        return event(account, new Event.PairingCodeIssued(account, epoch, at, code.code(), code.windowEndsAt()));
    }

    Entry outcome(Command.Dispatch dispatch, Event.Outcome outcome, @Nullable String reason,
            Instant at) {
        return event(dispatch.account(), new Event.DispatchOutcome(dispatch.account(), epoch, at, dispatch.message(),
                dispatch.chat(), dispatch.attempt(), outcome, reason));
    }

    Entry receipt(AccountId account, ReceiptArrived receipt, Instant at) {
        return event(account,
                new Event.ReceiptReceived(account, epoch, at, receipt.id(), receipt.chat(), receipt.kind()));
    }

    Entry inbound(AccountId account, Inbound m, Instant at) {
        return event(account, new Event.InboundMessage(account, epoch, at, m.id(), m.chat(), m.from(), m.fromMe(),
                m.senderName(), m.content(), m.media(), m.sentAt(), m.alternative(), m.fromAlternative(), m.subject(),
                m.thumbnail(), m.replayed(), mediaKey(account, m)));
    }

    /** The bytes themselves are brought by whoever reads the event: nothing that arrives waits for them. */
    private @Nullable MediaKey mediaKey(AccountId account, Inbound message) {
        MediaInfo media = message.media();
        return media != null && message.content() instanceof Content.Media && media.sizeBytes() <= keptMediaBytes
                ? MediaKey.of(account, media.sha256())
                : null;
    }

    Entry answer(SessionEffect.Answer answer, Instant at) {
        Command.AccountCommand command = answer.command();
        return Entry.of(Topic.REPLIES, command.account().value(), new Reply.CommandReply(command.id(),
                command.account(), at, answer.result(), answer.code(), answer.reason(), answer.status()));
    }

    private static Entry event(AccountId account, Event event) {
        return Entry.of(Topic.EVENTS, account.value(), event);
    }
}
