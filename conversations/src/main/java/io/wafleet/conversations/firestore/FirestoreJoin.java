package io.wafleet.conversations.firestore;

import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import com.google.cloud.firestore.Transaction;
import io.wafleet.conversations.Fold;
import io.wafleet.conversations.Join;
import io.wafleet.conversations.StoredMessage;
import io.wafleet.conversations.WriteSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves the messages of a LID's thread into the phone's, page by page, each page in one transaction: at any moment a message lies in
 * one of both. It ends after any page: the alias says that it is not done, and the same change, told again, goes on. No message comes to
 * the LID's thread meanwhile, since every writer reads the alias in its own transaction.
 */
final class FirestoreJoin {
    /** A moved message is written, taken out, and may change another one. */
    private static final int MOVED_AT_ONCE = (Commit.MAX_WRITES - 2) / 3;

    private final FirestoreSession session;

    FirestoreJoin(FirestoreSession session) {
        this.session = session;
    }

    /**
     * A page that was moved.
     *
     * @param last the last message of it; null: there was none
     */
    private record Moved(@Nullable String last) {}

    /**
     * Moves all of them.
     *
     * @throws io.wafleet.conversations.DocumentTooLargeException when one cannot be joined with what is known of it
     * @throws FirestoreSession.Refused likewise
     */
    void move(Join join) {
        int limit = MOVED_AT_ONCE;
        String after = null;
        while (true) {
            int size = limit;
            String from = after;
            try {
                Moved moved = session.storing(t -> page(t, join, from, size));
                if (moved.last == null) {
                    break;
                }
                after = moved.last;
            } catch (Commit.TooMuch _) {
                limit = Math.max(1, limit / 2);
            } catch (FirestoreSession.Refused e) {
                if (limit == 1) {
                    throw e;
                }
                limit = 1;
            }
        }
        session.transaction(t -> joined(t, join));
    }

    private Moved page(Transaction transaction, Join join, @Nullable String after, int limit) {
        Query query = QueryShape.MESSAGES_OF_THREAD.of(session.places().messages(join.from()), limit);
        List<QueryDocumentSnapshot> page = session
                .await(transaction.get(after == null ? query : query.startAfter(after))).getDocuments();
        FirestoreDocuments documents = new FirestoreDocuments(session, transaction);
        List<StoredMessage> messages = new ArrayList<>();
        for (QueryDocumentSnapshot document : page) {
            StoredMessage message = documents.isErased(join.from().account(), document)
                    ? null
                    : Encoding.unpack(document, StoredMessage.class);
            if (message != null) {
                messages.add(message);
            }
        }
        write(transaction, documents, messages, join);
        return new Moved(page.isEmpty() ? null : page.getLast().getId());
    }

    private void write(Transaction transaction, FirestoreDocuments documents, List<StoredMessage> messages, Join join) {
        List<Key> targets = new ArrayList<>(List.of(new Key.Summary(join.to())));
        messages.forEach(message -> targets.add(new Key.Message(join.to(), message.id())));
        documents.prefetch(targets);
        WriteSet set = new WriteSet(documents);
        Fold fold = new Fold(set);
        Commit commit = new Commit(session.places(), documents);
        for (StoredMessage message : messages) {
            fold.move(message, join.to());
            commit.delete(new Key.Message(message.thread(), message.id()));
        }
        commit.add(set.drain());
        commit.to(transaction);
    }

    private Join joined(Transaction transaction, Join join) {
        FirestoreDocuments documents = new FirestoreDocuments(session, transaction);
        WriteSet set = new WriteSet(documents);
        new Fold(set).joined(join);
        Commit commit = new Commit(session.places(), documents);
        commit.add(set.drain());
        commit.to(transaction);
        return join;
    }
}
