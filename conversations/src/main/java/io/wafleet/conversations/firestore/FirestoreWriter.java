package io.wafleet.conversations.firestore;

import com.google.cloud.firestore.Transaction;
import io.wafleet.conversations.Change;
import io.wafleet.conversations.DocumentTooLargeException;
import io.wafleet.conversations.Fold;
import io.wafleet.conversations.Join;
import io.wafleet.conversations.UnstorableException;
import io.wafleet.conversations.WriteSet;
import java.util.List;
import java.util.Optional;

/**
 * The way in. A batch is applied in parts, one after the other: each is one transaction, so whoever writes at the same time sees all
 * of it or nothing, and nothing older ever replaces what came in between. When a part fails, those before it stay; the batch can be
 * repeated, since all of it may be applied twice.
 */
final class FirestoreWriter {
    /** Leaves room for what cannot be known before it is read. */
    private static final int MAX_DOCUMENTS = Commit.MAX_WRITES - 50;

    private final FirestoreSession session;
    private final FirestoreJoin joins;

    FirestoreWriter(FirestoreSession session) {
        this.session = session;
        joins = new FirestoreJoin(session);
    }

    /**
     * How far a part got.
     *
     * @param join the messages to move before those after it
     */
    private record Applied(int changes, Optional<Join> join) {}

    void apply(List<Change> changes) {
        int from = 0;
        int most = changes.size();
        while (from < changes.size()) {
            List<Change> rest = changes.subList(from, Math.min(changes.size(), from + most));
            List<Change> part = NeededDocuments.fitting(rest, MAX_DOCUMENTS);
            try {
                Applied applied = session.storing(t -> apply(t, part));
                from += applied.changes();
                applied.join().ifPresent(join -> move(join, part.get(applied.changes() - 1)));
            } catch (Commit.TooMuch _) {
                most = less(part);
            } catch (FirestoreSession.Refused e) {
                if (part.size() == 1) {
                    throw new UnstorableException(part.getFirst(), String.valueOf(e.getMessage()));
                }
                // which one it was, only writing them apart tells
                most = less(part);
            }
        }
    }

    private void move(Join join, Change change) {
        try {
            joins.move(join);
        } catch (DocumentTooLargeException | FirestoreSession.Refused e) {
            throw new UnstorableException(change, String.valueOf(e.getMessage()));
        }
    }

    private static int less(List<Change> part) {
        return Math.max(1, part.size() / 2);
    }

    private Applied apply(Transaction transaction, List<Change> part) {
        FirestoreDocuments documents = new FirestoreDocuments(session, transaction);
        documents.prefetch(part);
        Commit commit = new Commit(session.places(), documents);
        WriteSet set = new WriteSet(documents);
        Fold fold = new Fold(set);
        Applied applied = fold(fold, part);
        try {
            commit.add(set.drain());
        } catch (DocumentTooLargeException e) {
            throw poison(documents, part, e);
        }
        commit.to(transaction);
        return applied;
    }

    private static Applied fold(Fold fold, List<Change> part) {
        for (int i = 0; i < part.size(); i++) {
            Optional<Join> join = fold.apply(part.get(i));
            if (join.isPresent()) {
                return new Applied(i + 1, join);
            }
        }
        return new Applied(part.size(), Optional.empty());
    }

    /** Folds again, to see which change it is that makes a document too large. */
    private RuntimeException poison(FirestoreDocuments documents, List<Change> part, DocumentTooLargeException why) {
        WriteSet set = new WriteSet(documents);
        Fold fold = new Fold(set);
        for (Change change : part) {
            fold.apply(change);
            try {
                new Commit(session.places(), documents).add(set.drain());
            } catch (DocumentTooLargeException e) {
                return new UnstorableException(change, String.valueOf(e.getMessage()));
            }
        }
        return why;
    }
}
