package io.wafleet.conversations.firestore;

import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.Query.Direction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every kind of query that this adapter asks, and the only place that makes one. What each needs is compared with
 * {@code firestore.indexes.json} by a test, since no emulator refuses a query for want of an index.
 */
enum QueryShape {
    ACCOUNTS(Places.ACCOUNTS, false, null, null), NEWEST_THREADS(Places.THREADS, false, "accountId",
            "lastMessageAt"), NEWEST_MESSAGES(Places.MESSAGES, false, null, "createdAt"), THREADS_OF_ACCOUNT(
                    Places.THREADS, false, "accountId",
                    null), MESSAGES_OF_THREAD(Places.MESSAGES, false, null, null), MESSAGES_OF_ACCOUNT(Places.MESSAGES,
                            true, "accountId", null), LIDS_OF_ACCOUNT(Places.LIDS, false, "accountId",
                                    null), BACKUPS(Places.BACKUPS, false, null,
                                            null), CHUNKS_OF_BACKUP(Places.CHUNKS, false, null, null);

    private final String collection;
    private final boolean inAllParents;
    private final @Nullable String equalTo;
    private final @Nullable String newestBy;

    /**
     * @param inAllParents whether all collections of that name are asked
     * @param equalTo a field with a given value; null: none
     * @param newestBy the time by which the newest comes first; null: in the order of the ids
     */
    QueryShape(String collection, boolean inAllParents, @Nullable String equalTo, @Nullable String newestBy) {
        this.collection = collection;
        this.inAllParents = inAllParents;
        this.equalTo = equalTo;
        this.newestBy = newestBy;
    }

    String collection() {
        return collection;
    }

    boolean inAllParents() {
        return inAllParents;
    }

    @Nullable
    String equalTo() {
        return equalTo;
    }

    @Nullable
    String newestBy() {
        return newestBy;
    }

    /** The query without a value to be equal to. */
    Query of(Query base, int limit) {
        return ordered(base, limit);
    }

    /** The query for one value. */
    Query of(Query base, String value, int limit) {
        if (equalTo == null) {
            throw new IllegalStateException(this + " compares nothing");
        }
        return ordered(base.whereEqualTo(equalTo, value), limit);
    }

    /** All fields of all documents of a collection, in the order of the ids: for that there always is an index. */
    static Query whole(Query collection, int limit) {
        return collection.orderBy(FieldPath.documentId()).limit(limit);
    }

    private Query ordered(Query query, int limit) {
        List<FieldPath> wanted = new ArrayList<>(List.of(FieldPath.of(Encoding.STATE)));
        Query ordered;
        if (newestBy == null) {
            ordered = query.orderBy(FieldPath.documentId());
        } else {
            wanted.add(FieldPath.of(newestBy));
            ordered = query.orderBy(newestBy, Direction.DESCENDING).orderBy(FieldPath.documentId(),
                    Direction.DESCENDING);
        }
        return ordered.select(wanted.toArray(FieldPath[]::new)).limit(limit);
    }
}
