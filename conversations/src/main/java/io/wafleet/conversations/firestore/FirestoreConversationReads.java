package io.wafleet.conversations.firestore;

import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldMask;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.MessageId;
import io.wafleet.conversations.Alias;
import io.wafleet.conversations.ConversationReads;
import io.wafleet.conversations.Cursor;
import io.wafleet.conversations.Page;
import io.wafleet.conversations.PageRequest;
import io.wafleet.conversations.StoredMessage;
import io.wafleet.conversations.StoredThread;
import io.wafleet.conversations.ThreadId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What people read of Firestore. Documents that other programs keep in the same collections are left out. Safe for all threads. */
public final class FirestoreConversationReads implements ConversationReads {
    private static final FieldMask WANTED = FieldMask.of(Encoding.STATE);

    private final FirestoreSession session;

    FirestoreConversationReads(FirestoreSession session) {
        this.session = session;
    }

    /**
     * Reads a project's Firestore.
     *
     * @param project empty: that of the environment's credentials
     * @throws io.wafleet.settings.InvalidSettingsException when there is no project, or no credentials
     */
    public static FirestoreConversationReads open(String project) {
        return new FirestoreConversationReads(FirestoreConnection.open(project));
    }

    @Override
    public void close() {
        session.close();
    }

    @Override
    public List<AccountStatusRecord> accounts() {
        List<AccountStatusRecord> all = new ArrayList<>();
        session.read(places -> {
            FirestorePages.each(session, size -> QueryShape.ACCOUNTS.of(places.collection(Places.ACCOUNTS), size),
                    document -> {
                        AccountStatusRecord account = Encoding.unpack(document, AccountStatusRecord.class);
                        if (account != null) {
                            all.add(account);
                        }
                    });
            return all;
        });
        return all;
    }

    @Override
    public Page<StoredThread> threads(AccountId account, PageRequest page) {
        return session.read(places -> {
            Query base = places.collection(Places.THREADS);
            List<StoredThread> found = newest(size -> QueryShape.NEWEST_THREADS.of(base, account.value(), size), page,
                    StoredThread.class, "lastMessageAt");
            return Page.of(found, page.limit(), Cursor::of);
        });
    }

    @Override
    public Optional<StoredThread> thread(ThreadId id) {
        return session.read(places -> Optional
                .ofNullable(get(new Key.Summary(meant(id)), StoredThread.class)).filter(t -> t.last() != null));
    }

    @Override
    public Page<StoredMessage> messages(ThreadId thread, PageRequest page) {
        return session.read(places -> {
            Query base = places.messages(meant(thread));
            List<StoredMessage> found = newest(size -> QueryShape.NEWEST_MESSAGES.of(base, size), page,
                    StoredMessage.class, "createdAt");
            return Page.of(found, page.limit(), Cursor::of);
        });
    }

    @Override
    public Optional<StoredMessage> message(ThreadId thread, MessageId id) {
        return session.read(places -> Optional
                .ofNullable(get(new Key.Message(meant(thread), id), StoredMessage.class))
                .filter(m -> m.orderTime().isPresent()));
    }

    /** Firestore knows no words. */
    @Override
    public Optional<Page<StoredMessage>> search(AccountId account, @Nullable ThreadId thread, String words,
            PageRequest page) {
        return Optional.empty();
    }

    private ThreadId meant(ThreadId thread) {
        if (!ThreadId.isLid(thread.chat())) {
            return thread;
        }
        Alias alias = get(new Key.Lid(thread.account(), thread.chat()), Alias.class);
        return alias == null ? thread : new ThreadId(thread.account(), alias.phone());
    }

    private <T extends Record> @Nullable T get(Key key, Class<T> type) {
        DocumentSnapshot document = session.await(session.places().of(key).get(WANTED));
        return Encoding.unpack(document, type);
    }

    /** One more than the page has, so that it is known whether there is a next one. */
    private <T extends Record> List<T> newest(IntFunction<Query> query, PageRequest page, Class<T> type, String time) {
        int wanted = page.limit() + 1;
        List<T> found = new ArrayList<>();
        Cursor after = page.after();
        @Nullable
        Object[] start = after == null
                ? null
                : new Object[]{Encoding.timestamp(after.at()), Places.id(after.id())};
        while (true) {
            int missing = wanted - found.size();
            Query next = query.apply(missing);
            List<QueryDocumentSnapshot> documents = session
                    .await((start == null ? next : next.startAfter(start)).get()).getDocuments();
            for (QueryDocumentSnapshot document : documents) {
                T item = Encoding.unpack(document, type);
                if (item != null) {
                    found.add(item);
                }
            }
            if (documents.size() < missing || found.size() == wanted) {
                return found;
            }
            QueryDocumentSnapshot last = documents.getLast();
            start = new Object[]{Objects.requireNonNull(last.get(time)), last.getId()};
        }
    }
}
