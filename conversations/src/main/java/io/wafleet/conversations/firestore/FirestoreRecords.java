package io.wafleet.conversations.firestore;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import com.google.cloud.firestore.WriteBatch;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.conversations.AccountRecords;
import io.wafleet.conversations.DocumentFields;
import io.wafleet.conversations.StoredMessage;
import io.wafleet.conversations.StoredThread;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Export and erasure of one account. An erasure is noted first, and from then on what was written before it counts as gone
 * ({@link FirestoreDocuments}); only then the documents are deleted, page by page, each only as it was before the note: what is told
 * meanwhile stays.
 */
final class FirestoreRecords implements AccountRecords {
    private final FirestoreSession session;
    private final FirestoreBackups backups;
    private final FirestoreImportedSessions imported;

    FirestoreRecords(FirestoreSession session, FirestoreBackups backups, FirestoreImportedSessions imported) {
        this.session = session;
        this.backups = backups;
        this.imported = imported;
    }

    @Override
    public void export(AccountId account, Consumer<Exported> sink) {
        session.read(places -> {
            AccountStatusRecord status = Encoding.unpack(session.await(places.of(new Key.Account(account)).get()),
                    AccountStatusRecord.class);
            if (status != null) {
                sink.accept(new Exported("accounts/" + account, DocumentFields.of(status)));
            }
            FirestorePages.each(session, threads(account), document -> {
                StoredThread thread = Encoding.unpack(document, StoredThread.class);
                if (thread != null) {
                    sink.accept(new Exported("threads/" + thread.id().text(), DocumentFields.of(thread)));
                }
            });
            FirestorePages.each(session, messages(account), document -> {
                StoredMessage message = Encoding.unpack(document, StoredMessage.class);
                if (message != null) {
                    sink.accept(
                            new Exported("threads/" + message.thread().text() + "/messages/" + message.id().value(),
                                    DocumentFields.whole(message)));
                }
            });
            return account;
        });
    }

    private IntFunction<Query> threads(AccountId account) {
        return size -> QueryShape.THREADS_OF_ACCOUNT.of(session.places().collection(Places.THREADS), account.value(),
                size);
    }

    private IntFunction<Query> messages(AccountId account) {
        return size -> QueryShape.MESSAGES_OF_ACCOUNT.of(session.places().allMessages(), account.value(), size);
    }

    private IntFunction<Query> lids(AccountId account) {
        return size -> QueryShape.LIDS_OF_ACCOUNT.of(session.places().collection(Places.LIDS), account.value(), size);
    }

    @Override
    public long erase(AccountId account, Instant at) {
        DocumentReference note = session.places().of(new Key.Erasure(account));
        session.transaction(transaction -> {
            Timestamp known = session.await(transaction.get(note)).getTimestamp(FirestoreDocuments.ERASED_AT);
            if (known == null || known.compareTo(Encoding.timestamp(at)) < 0) {
                transaction.set(note, Map.of(FirestoreDocuments.ERASED_AT, Encoding.timestamp(at)));
            }
            return at;
        });
        Timestamp noted = Objects.requireNonNull(session.await(note.get()).getUpdateTime());
        long count = 0;
        for (IntFunction<Query> query : List.of(messages(account), threads(account), lids(account))) {
            count += delete(query, noted);
        }
        count += delete(List.of(session.await(session.places().of(new Key.Account(account)).get())), noted);
        return count + backups.erase(account) + imported.erase(account);
    }

    @Override
    public Optional<Instant> erasedAt(AccountId account) {
        return session.read(places -> Optional
                .ofNullable(session.await(places.of(new Key.Erasure(account)).get())
                        .getTimestamp(FirestoreDocuments.ERASED_AT))
                .map(Encoding::instant));
    }

    private long delete(IntFunction<Query> query, Timestamp noted) {
        List<QueryDocumentSnapshot> page = new ArrayList<>();
        long[] count = {0};
        FirestorePages.each(session, query, document -> {
            page.add(document);
            if (page.size() == FirestorePages.SIZE) {
                count[0] += delete(page, noted);
                page.clear();
            }
        });
        return count[0] + delete(page, noted);
    }

    private long delete(List<? extends DocumentSnapshot> documents, Timestamp noted) {
        List<? extends DocumentSnapshot> old = documents.stream().filter(d -> isBefore(d, noted)).toList();
        if (old.isEmpty()) {
            return 0;
        }
        WriteBatch batch = session.client().batch();
        for (DocumentSnapshot document : old) {
            batch.delete(document.getReference(), Precondition.updatedAt(updated(document)));
        }
        try {
            session.get(batch.commit());
            return old.size();
        } catch (ExecutionException e) {
            if (!FirestoreFailures.isChanged(e)) {
                throw FirestoreFailures.of(e);
            }
        }
        // one of them was told anew, or went: those that are left, as they are now
        List<DocumentSnapshot> now = session.await(session.client()
                .getAll(old.stream().map(DocumentSnapshot::getReference).toArray(DocumentReference[]::new)));
        return delete(now, noted);
    }

    private static boolean isBefore(DocumentSnapshot document, Timestamp noted) {
        return document.exists() && updated(document).compareTo(noted) <= 0;
    }

    private static Timestamp updated(DocumentSnapshot document) {
        return Objects.requireNonNull(document.getUpdateTime());
    }
}
