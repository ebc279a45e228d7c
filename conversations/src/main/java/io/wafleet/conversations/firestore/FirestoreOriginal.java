package io.wafleet.conversations.firestore;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.Blob;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import io.wafleet.conversations.moving.OriginalDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the original's documents where it wrote them; writes nothing. What wafleet itself wrote there (it may share the project) is left
 * out.
 */
public final class FirestoreOriginal implements AutoCloseable {
    private static final List<String> ROOTS = List.of("accounts", "wa_sessions", "outbox");

    private final FirestoreSession session;

    FirestoreOriginal(FirestoreSession session) {
        this.session = session;
    }

    /**
     * Uses a project's Firestore.
     *
     * @throws io.wafleet.settings.InvalidSettingsException when there is no project, or no credentials
     */
    public static FirestoreOriginal open(String project) {
        return new FirestoreOriginal(FirestoreConnection.open(project));
    }

    /**
     * Reads all of it. A thread may have messages and no document of its own.
     *
     * @param progress told how many documents there are so far
     * @throws io.wafleet.conversations.StoreUnavailableException when it does not answer
     */
    public List<OriginalDocument> read(Consumer<Integer> progress) {
        List<OriginalDocument> all = new ArrayList<>();
        Consumer<QueryDocumentSnapshot> keep = document -> {
            keep(document, all);
            if (all.size() % FirestorePages.SIZE == 0) {
                progress.accept(all.size());
            }
        };
        ROOTS.forEach(root -> each(session.places().collection(root), keep));
        for (DocumentReference thread : session.places().collection(Places.THREADS).listDocuments()) {
            each(thread.collection(Places.MESSAGES), keep);
        }
        each(session.places().collection(Places.THREADS), keep);
        return all;
    }

    private void each(Query collection, Consumer<QueryDocumentSnapshot> sink) {
        FirestorePages.each(session, size -> QueryShape.whole(collection, size), sink);
    }

    private static void keep(QueryDocumentSnapshot document, List<OriginalDocument> all) {
        boolean isOurs = document.get(Encoding.STATE) instanceof Blob;
        if (!isOurs) {
            all.add(new OriginalDocument(path(document.getReference()), fields(document.getData())));
        }
    }

    private static String path(DocumentReference document) {
        DocumentReference parent = document.getParent().getParent();
        String own = document.getParent().getId() + "/" + document.getId();
        return parent == null ? own : path(parent) + "/" + own;
    }

    private static Map<String, Object> fields(Map<String, ? extends @Nullable Object> data) {
        Map<String, Object> fields = new LinkedHashMap<>();
        data.forEach((name, value) -> {
            Object plain = plain(value);
            if (plain != null) {
                fields.put(name, plain);
            }
        });
        return fields;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case Timestamp time -> Encoding.instant(time);
            case Map<?, ?> map -> {
                Map<String, Object> values = new LinkedHashMap<>();
                map.forEach((name, inner) -> {
                    Object plain = plain(inner);
                    if (plain != null) {
                        values.put(String.valueOf(name), plain);
                    }
                });
                yield values;
            }
            case null, default -> value;
        };
    }

    @Override
    public void close() {
        session.close();
    }
}
