package io.wafleet.conversations.firestore;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldMask;
import com.google.cloud.firestore.Transaction;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Chat;
import io.wafleet.contract.MessageId;
import io.wafleet.conversations.Alias;
import io.wafleet.conversations.Change;
import io.wafleet.conversations.Documents;
import io.wafleet.conversations.StoredMessage;
import io.wafleet.conversations.StoredThread;
import io.wafleet.conversations.ThreadId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The documents as one transaction reads them, each once. Those that were last written before their account was erased count as gone,
 * so an erasure is done the moment it is noted, however long the deleting takes.
 */
final class FirestoreDocuments implements Documents {
    static final String ERASED_AT = "erasedAt";
    private static final FieldMask WANTED = FieldMask.of(Encoding.STATE, ERASED_AT);

    private final FirestoreSession session;
    private final Transaction transaction;
    private final Map<Key, DocumentSnapshot> read = new HashMap<>();

    FirestoreDocuments(FirestoreSession session, Transaction transaction) {
        this.session = session;
        this.transaction = transaction;
    }

    /** Reads what the changes will ask for, in two rounds: only the first tells which LIDs are known. */
    void prefetch(List<Change> changes) {
        Set<Key> first = new LinkedHashSet<>();
        Set<Key> ofLids = new LinkedHashSet<>();
        for (Change change : changes) {
            for (Key key : NeededDocuments.of(change)) {
                (isOfLid(key) ? ofLids : first).add(key);
            }
        }
        prefetch(first);
        Map<Key, Chat> phones = new HashMap<>();
        for (Change change : changes) {
            if (change instanceof Change.LidKnown known) {
                phones.putIfAbsent(new Key.Lid(known.account(), known.lid()), known.phone());
            }
        }
        prefetch(ofLids.stream().map(key -> meant(key, phones)).toList());
    }

    private static boolean isOfLid(Key key) {
        return switch (key) {
            case Key.Summary thread -> ThreadId.isLid(thread.id().chat());
            case Key.Message message -> ThreadId.isLid(message.thread().chat());
            case Key.Erasure _,Key.Account _,Key.Lid _ -> false;
        };
    }

    private Key meant(Key key, Map<Key, Chat> told) {
        return switch (key) {
            case Key.Summary thread -> new Key.Summary(meant(thread.id(), told));
            case Key.Message message -> new Key.Message(meant(message.thread(), told), message.id());
            case Key.Erasure _,Key.Account _,Key.Lid _ -> key;
        };
    }

    private ThreadId meant(ThreadId thread, Map<Key, Chat> told) {
        Alias alias = alias(thread.account(), thread.chat());
        Chat phone = alias == null ? told.get(new Key.Lid(thread.account(), thread.chat())) : alias.phone();
        return phone == null ? thread : new ThreadId(thread.account(), phone);
    }

    /** Reads those that are not read yet, at once. */
    void prefetch(Collection<Key> keys) {
        List<Key> missing = keys.stream().distinct().filter(key -> !read.containsKey(key)).toList();
        if (missing.isEmpty()) {
            return;
        }
        DocumentReference[] references = missing.stream().map(session.places()::of).toArray(DocumentReference[]::new);
        List<DocumentSnapshot> found = session.await(transaction.getAll(references, WANTED));
        for (int i = 0; i < missing.size(); i++) {
            read.put(missing.get(i), found.get(i));
        }
    }

    private DocumentSnapshot snapshot(Key key) {
        DocumentSnapshot known = read.get(key);
        if (known == null) {
            prefetch(List.of(key));
        }
        return Objects.requireNonNull(read.get(key));
    }

    /** Whether it still lies there though its account was erased. */
    boolean isErased(Key key) {
        return isErased(key.account(), snapshot(key));
    }

    boolean isErased(AccountId account, DocumentSnapshot document) {
        Timestamp erased = snapshot(new Key.Erasure(account)).getUpdateTime();
        Timestamp written = document.getUpdateTime();
        return erased != null && written != null && written.compareTo(erased) <= 0;
    }

    private <T extends Record> @Nullable T find(Key key, Class<T> type) {
        DocumentSnapshot document = snapshot(key);
        return !document.exists() || isErased(key.account(), document) ? null : Encoding.unpack(document, type);
    }

    @Override
    public @Nullable Instant erasedAt(AccountId account) {
        Timestamp erased = snapshot(new Key.Erasure(account)).getTimestamp(ERASED_AT);
        return erased == null ? null : Encoding.instant(erased);
    }

    @Override
    public @Nullable AccountStatusRecord account(AccountId account) {
        return find(new Key.Account(account), AccountStatusRecord.class);
    }

    @Override
    public @Nullable Alias alias(AccountId account, Chat lid) {
        return find(new Key.Lid(account, lid), Alias.class);
    }

    @Override
    public @Nullable StoredThread thread(ThreadId id) {
        return find(new Key.Summary(id), StoredThread.class);
    }

    @Override
    public @Nullable StoredMessage message(ThreadId thread, MessageId id) {
        return find(new Key.Message(thread, id), StoredMessage.class);
    }
}
