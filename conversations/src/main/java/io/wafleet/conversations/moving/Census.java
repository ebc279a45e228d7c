package io.wafleet.conversations.moving;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.JsonCodec;
import io.wafleet.conversations.AccountRecords;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a store has of some accounts, so that two moments can be compared. A redirected LID's thread, and what is kept aside, count not.
 *
 * @param documents a number for the content, by path
 */
public record Census(Map<String, Long> documents) {
    public Census {
        documents = Map.copyOf(documents);
    }

    /** Reads all of these accounts. */
    public static Census of(AccountRecords store, Collection<AccountId> accounts) {
        Map<String, Long> documents = new HashMap<>();
        for (AccountId account : accounts) {
            store.export(account, exported -> {
                Map<String, Object> fields = exported.fields();
                if (fields.containsKey("createdAt") || fields.containsKey("lastMessageAt")) {
                    documents.put(exported.path(), number(fields));
                }
            });
        }
        return new Census(documents);
    }

    private static long number(Map<String, Object> fields) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(JsonCodec.encode(new TreeMap<>(fields)));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** How many threads there are. */
    public long threads() {
        return documents.keySet().stream().filter(path -> path.startsWith("threads/") && !isMessage(path)).count();
    }

    /** How many messages there are. */
    public long messages() {
        return documents.keySet().stream().filter(Census::isMessage).count();
    }

    private static boolean isMessage(String path) {
        return path.contains("/messages/");
    }

    /** With these too, whatever they hold. */
    public Census with(Set<String> paths) {
        Map<String, Long> all = new HashMap<>(documents);
        paths.forEach(path -> all.putIfAbsent(path, 0L));
        return new Census(all);
    }

    /** How many of these paths are new or hold something else than before. */
    public long differing(Census before, Set<String> paths) {
        return paths.stream().filter(path -> !java.util.Objects.equals(documents.get(path), before.documents.get(path)))
                .count();
    }
}
