package io.wafleet.conversations.firestore;

import com.google.cloud.firestore.FieldValue;
import com.google.cloud.firestore.SetOptions;
import com.google.cloud.firestore.Transaction;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.conversations.Alias;
import io.wafleet.conversations.DocumentFields;
import io.wafleet.conversations.StoredMessage;
import io.wafleet.conversations.StoredThread;
import io.wafleet.conversations.WriteSet.Drained;
import io.wafleet.conversations.WriteSet.Written;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction writes at its end, kept within what Firestore takes at once. Fields that other programs keep in the same
 * documents stay. Not thread-safe.
 */
final class Commit {
    /** Documents at most, as Firestore's limit was for long and its emulators' may be. */
    static final int MAX_WRITES = 500;
    /** Firestore takes 10 MiB. */
    private static final int MAX_BYTES = 8_000_000;
    private static final int OVERHEAD_BYTES = 500;

    private final Places places;
    private final FirestoreDocuments documents;
    private final List<Write> writes = new ArrayList<>();
    private long bytes;

    Commit(Places places, FirestoreDocuments documents) {
        this.places = places;
        this.documents = documents;
    }

    /** More than fits one commit: nothing was written, and less has to be tried. */
    static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMuch() {
            super("more than one commit takes");
        }
    }

    /** @param fields null: the document goes */
    private record Write(Key key, @Nullable Map<String, Object> fields) {}

    void add(Drained drained) {
        for (Written<AccountStatusRecord> account : drained.accounts()) {
            AccountStatusRecord before = account.before();
            Map<String, Object> fields = fields(before == null ? Map.of() : DocumentFields.of(before),
                    DocumentFields.of(account.after()), account.after());
            // left by the original, whose QR every signed-in user could read
            fields.put("qrCode", FieldValue.delete());
            fields.put("pairingCode", FieldValue.delete());
            put(new Key.Account(account.after().account()), fields);
        }
        for (Written<Alias> alias : drained.aliases()) {
            Alias after = alias.after();
            put(new Key.Lid(after.account(), after.lid()),
                    fields(Map.of(), Map.of("accountId", after.account().value()), after));
        }
        for (Written<StoredThread> thread : drained.threads()) {
            StoredThread before = thread.before();
            put(new Key.Summary(thread.after().id()),
                    fields(before == null ? Map.of() : DocumentFields.of(before), DocumentFields.of(thread.after()),
                            thread.after()));
        }
        for (Written<StoredMessage> message : drained.messages()) {
            StoredMessage before = message.before();
            put(new Key.Message(message.after().thread(), message.after().id()),
                    fields(before == null ? Map.of() : DocumentFields.of(before), DocumentFields.of(message.after()),
                            message.after()));
        }
    }

    void delete(Key key) {
        write(new Write(key, null), 0);
    }

    private static Map<String, Object> fields(Map<String, Object> before, Map<String, Object> after, Record state) {
        Map<String, Object> fields = new LinkedHashMap<>();
        before.keySet().forEach(name -> fields.put(name, FieldValue.delete()));
        fields.putAll(Encoding.values(after));
        fields.put(Encoding.STATE, Encoding.pack(state));
        return fields;
    }

    private void put(Key key, Map<String, Object> fields) {
        write(new Write(key, fields), Encoding.size(fields));
    }

    private void write(Write write, long size) {
        writes.add(write);
        bytes += size + OVERHEAD_BYTES;
        if (writes.size() > MAX_WRITES || (bytes > MAX_BYTES && writes.size() > 1)) {
            throw new TooMuch();
        }
    }

    /** Gives all of it to the transaction, which can read nothing from here on. */
    void to(Transaction transaction) {
        for (Write write : writes) {
            Map<String, Object> fields = write.fields;
            if (fields == null) {
                transaction.delete(places.of(write.key));
            } else if (documents.isErased(write.key)) {
                fields.values().removeIf(FieldValue.delete()::equals);
                transaction.set(places.of(write.key), fields);
            } else {
                transaction.set(places.of(write.key), fields, SetOptions.mergeFields(List.copyOf(fields.keySet())));
            }
        }
    }
}
