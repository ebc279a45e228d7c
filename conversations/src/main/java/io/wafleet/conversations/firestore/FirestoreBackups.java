package io.wafleet.conversations.firestore;

import com.google.cloud.firestore.Blob;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldValue;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.SetOptions;
import com.google.cloud.firestore.Transaction;
import com.google.cloud.firestore.WriteBatch;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.Epoch;
import io.wafleet.conversations.BackupStamp;
import io.wafleet.conversations.Chunks;
import io.wafleet.conversations.CredentialBackup;
import io.wafleet.conversations.CredentialBackup.Verdict;
import io.wafleet.conversations.CredentialBackups;
import io.wafleet.conversations.StoreUnavailableException.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Backups of credentials: a document that says which is the newest, and chunks beside it. More than one commit takes is kept whole
 * nevertheless:
 * <ol>
 * <li>The chunks are written under ids of their own: stamp, chance, number. Nobody reads them yet; a crash leaves them to step 3 of the
 * next backup.
 * <li>One transaction compares the stamps and names the new chunks, or refuses.
 * <li>Chunks with older stamps go. Those of a newer backup on its way stay.
 * </ol>
 *
 * <p>The original keeps sessions as plain text in the same documents. Its fields stay beside a backup, and go when it is cleared.
 */
final class FirestoreBackups implements CredentialBackups {
    private static final int SCHEMA_VERSION = 3;
    /** So many chunks fit one commit of 10 MiB. */
    private static final int CHUNKS_AT_ONCE = 8;
    private static final String SEALED = "sealed";
    /** Comes after every digit, dash and letter of an id. */
    private static final String AFTER_ALL = "~";

    private final FirestoreSession session;

    FirestoreBackups(FirestoreSession session) {
        this.session = session;
    }

    /**
     * The document that says what is kept.
     *
     * @param writing names the chunks; empty when there are none
     */
    private record Head(BackupStamp stamp, String writing, int chunks) {
        static @Nullable Head of(DocumentSnapshot document) {
            Long epoch = document.getLong("epoch");
            Long version = document.getLong("version");
            if (epoch == null || version == null) {
                return null;
            }
            Long chunks = document.getLong("chunks");
            return new Head(new BackupStamp(new Epoch(epoch), version),
                    Objects.requireNonNullElse(document.getString("writing"), ""),
                    chunks == null ? 0 : chunks.intValue());
        }

        Map<String, Object> fields() {
            return Map.of("schemaVersion", SCHEMA_VERSION, "epoch", stamp.epoch().value(), "version", stamp.version(),
                    "writing", writing, "chunks", chunks, "updatedAt", FieldValue.serverTimestamp());
        }
    }

    @Override
    public Map<AccountId, BackupStamp> backups() {
        return session.read(places -> {
            Map<AccountId, BackupStamp> stamps = new HashMap<>();
            FirestorePages.each(session,
                    size -> QueryShape.BACKUPS.of(places.collection(Places.BACKUPS), size).select("epoch", "version"),
                    document -> {
                        Head head = Head.of(document);
                        if (head != null) {
                            stamps.put(new AccountId(document.getId()), head.stamp());
                        }
                    });
            return stamps;
        });
    }

    @Override
    public CredentialBackup backup(AccountId account) {
        return session.readAtOnce(transaction -> {
            Head head = head(transaction, account);
            List<byte[]> chunks = new ArrayList<>();
            // one by one: an answer with all of them could be too long
            for (int i = 0; head != null && i < head.chunks(); i++) {
                DocumentSnapshot chunk = session.await(transaction.get(chunk(account, head.writing(), i)));
                Blob sealed = chunk.getBlob(SEALED);
                if (sealed == null) {
                    throw FirestoreFailures.unavailable(Reason.CORRUPT, "a chunk of a backup is missing", null);
                }
                chunks.add(sealed.toBytes());
            }
            return known(head, Chunks.join(chunks));
        });
    }

    private @Nullable Head head(Transaction transaction, AccountId account) {
        return Head.of(session.await(transaction.get(session.places().backup(account))));
    }

    private static CredentialBackup known(@Nullable Head head, byte[] sealed) {
        if (head == null) {
            return new CredentialBackup.Absent();
        }
        return head.chunks() == 0
                ? new CredentialBackup.Cleared(head.stamp())
                : new CredentialBackup.Kept(head.stamp(), sealed);
    }

    private DocumentReference chunk(AccountId account, String writing, int number) {
        return session.places().chunks(account).document("%s-%03d".formatted(writing, number));
    }

    @Override
    public BackupOutcome put(AccountId account, BackupStamp stamp, byte[] sealed) {
        List<byte[]> chunks = Chunks.split(sealed);
        Head known = Head.of(session.await(session.places().backup(account).get()));
        switch (known(known, sealed).onPut(stamp)) {
            case OLDER -> {
                return BackupOutcome.OLDER;
            }
            case SAME -> {
                return BackupOutcome.STORED;
            }
            case NEWER -> {
                // goes on below
            }
        }
        String writing = prefix(stamp) + "-" + UUID.randomUUID();
        write(account, writing, chunks);
        Head next = new Head(stamp, writing, chunks.size());
        Verdict verdict = session.transaction(
                transaction -> replace(transaction, account, next, h -> known(h, sealed).onPut(stamp)));
        if (verdict == Verdict.NEWER) {
            deleteUpTo(account, prefix(stamp));
        } else {
            delete(query(account).startAt(writing).endAt(writing + AFTER_ALL));
        }
        return outcome(verdict);
    }

    private void write(AccountId account, String writing, List<byte[]> chunks) {
        for (int from = 0; from < chunks.size(); from += CHUNKS_AT_ONCE) {
            WriteBatch batch = session.client().batch();
            for (int i = from; i < Math.min(chunks.size(), from + CHUNKS_AT_ONCE); i++) {
                batch.set(chunk(account, writing, i), Map.of(SEALED, Blob.fromBytes(chunks.get(i))));
            }
            session.await(batch.commit());
        }
    }

    /** Whether a stamp counts, by what is known. */
    private interface Judge {
        Verdict of(@Nullable Head head);
    }

    private Verdict replace(Transaction transaction, AccountId account, Head next, Judge judge) {
        Verdict verdict = judge.of(head(transaction, account));
        if (verdict == Verdict.NEWER) {
            DocumentReference backup = session.places().backup(account);
            if (next.chunks() == 0) {
                // of whatever program: what was logged out is to be nowhere
                transaction.set(backup, next.fields());
            } else {
                transaction.set(backup, next.fields(), SetOptions.merge());
            }
        }
        return verdict;
    }

    private static BackupOutcome outcome(Verdict verdict) {
        return verdict == Verdict.OLDER ? BackupOutcome.OLDER : BackupOutcome.STORED;
    }

    @Override
    public BackupOutcome clear(AccountId account, BackupStamp stamp) {
        Head cleared = new Head(stamp, "", 0);
        Verdict verdict = session.transaction(
                transaction -> replace(transaction, account, cleared, h -> known(h, new byte[0]).onClear(stamp)));
        if (verdict != Verdict.OLDER) {
            deleteUpTo(account, prefix(stamp) + AFTER_ALL);
        }
        return outcome(verdict);
    }

    /** Leaves only the stamp; of a session that the original kept here as plain text, nothing. */
    long erase(AccountId account) {
        DocumentReference document = session.places().backup(account);
        Erased erased = session.transaction(transaction -> {
            DocumentSnapshot known = session.await(transaction.get(document));
            Head head = Head.of(known);
            if (head == null) {
                if (known.exists()) {
                    transaction.delete(document);
                }
                return new Erased(new BackupStamp(new Epoch(0), 0), known.exists() ? 1 : 0);
            }
            if (head.chunks() > 0) {
                transaction.set(document, new Head(head.stamp(), "", 0).fields());
            }
            return new Erased(head.stamp(), 0);
        });
        return erased.documents() + deleteUpTo(account, prefix(erased.stamp()) + AFTER_ALL);
    }

    /**
     * What an erasure did to the document itself.
     *
     * @param stamp up to which chunks go
     * @param documents that went
     */
    private record Erased(BackupStamp stamp, long documents) {}

    /** Sorts as the stamps do. */
    private static String prefix(BackupStamp stamp) {
        return "%019d-%019d".formatted(stamp.epoch().value(), stamp.version());
    }

    private Query query(AccountId account) {
        return QueryShape.CHUNKS_OF_BACKUP.of(session.places().chunks(account), FirestorePages.SIZE);
    }

    private long deleteUpTo(AccountId account, String end) {
        return delete(query(account).endBefore(end));
    }

    private long delete(Query query) {
        long count = 0;
        while (true) {
            var page = session.await(query.get()).getDocuments();
            if (page.isEmpty()) {
                return count;
            }
            WriteBatch batch = session.client().batch();
            page.forEach(chunk -> batch.delete(chunk.getReference()));
            session.await(batch.commit());
            count += page.size();
        }
    }
}
