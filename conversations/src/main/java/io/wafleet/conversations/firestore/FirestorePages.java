package io.wafleet.conversations.firestore;

import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** All that a query finds, in the order of the ids, never more than a page at once. */
final class FirestorePages {
    static final int SIZE = 300;

    private FirestorePages() {}

    /** @param query makes the query for a page of a size */
    static void each(FirestoreSession session, IntFunction<Query> query, Consumer<QueryDocumentSnapshot> sink) {
        Query next = query.apply(SIZE);
        while (true) {
            List<QueryDocumentSnapshot> page = session.await(next.get()).getDocuments();
            page.forEach(sink);
            if (page.size() < SIZE) {
                return;
            }
            next = query.apply(SIZE).startAfter(page.getLast().getReference());
        }
    }
}
