package io.wafleet.conversations.firestore;

import com.google.cloud.firestore.Blob;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import io.wafleet.contract.AccountId;
import io.wafleet.conversations.Chunks;
import io.wafleet.conversations.ImportedSessions;
import io.wafleet.conversations.StoreUnavailableException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Imported sessions: a document that says how many pieces there are, and the pieces below it, written in one transaction. The original kept a
 * session in one document, so there are few.
 */
final class FirestoreImportedSessions implements ImportedSessions {
    private static final String CHUNKS = "chunks";
    private static final String SEALED = "sealed";
    /** More do not fit one commit of 10 MiB. */
    private static final int MAX_CHUNKS = 10;

    private final FirestoreSession session;

    FirestoreImportedSessions(FirestoreSession session) {
        this.session = session;
    }

    @Override
    public Optional<byte[]> importedSession(AccountId account) {
        return session.readAtOnce(transaction -> {
            int count = count(session.await(transaction.get(session.places().imported(account))));
            List<byte[]> chunks = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Blob sealed = session.await(transaction.get(chunk(account, i))).getBlob(SEALED);
                if (sealed == null) {
                    throw FirestoreFailures.unavailable(Reason.CORRUPT, "a piece of an imported session is missing",
                            null);
                }
                chunks.add(sealed.toBytes());
            }
            return count == 0 ? Optional.<byte[]>empty() : Optional.of(Chunks.join(chunks));
        });
    }

    private static int count(DocumentSnapshot head) {
        Long count = head.getLong(CHUNKS);
        return count == null ? 0 : count.intValue();
    }

    private DocumentReference chunk(AccountId account, int number) {
        return session.places().imported(account).collection(CHUNKS).document("%03d".formatted(number));
    }

    @Override
    public void keepImportedSession(AccountId account, byte[] sealed) {
        List<byte[]> chunks = Chunks.split(sealed);
        if (chunks.size() > MAX_CHUNKS) {
            throw new IllegalArgumentException("the session is too large for Firestore");
        }
        session.transaction(transaction -> {
            DocumentReference head = session.places().imported(account);
            int before = count(session.await(transaction.get(head)));
            transaction.set(head, Map.of(CHUNKS, chunks.size()));
            for (int i = 0; i < Math.max(before, chunks.size()); i++) {
                if (i < chunks.size()) {
                    transaction.set(chunk(account, i), Map.of(SEALED, Blob.fromBytes(chunks.get(i))));
                } else {
                    transaction.delete(chunk(account, i));
                }
            }
            return chunks.size();
        });
    }

    /** Returns how many documents went. */
    long erase(AccountId account) {
        return session.transaction(transaction -> {
            DocumentReference head = session.places().imported(account);
            int count = count(session.await(transaction.get(head)));
            for (int i = 0; i < count; i++) {
                transaction.delete(chunk(account, i));
            }
            if (count > 0) {
                transaction.delete(head);
            }
            return count == 0 ? 0L : count + 1L;
        });
    }
}
