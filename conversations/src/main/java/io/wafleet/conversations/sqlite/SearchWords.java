package io.wafleet.conversations.sqlite;

import io.wafleet.contract.AccountId;
import io.wafleet.conversations.ThreadId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts as the search index takes them. */
final class SearchWords {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}]+");
    private static final int MAX_WORDS = 20;
    private static final int SCOPE_BYTES = 10;

    private SearchWords() {}

    /** The words that make a search read only one account's, or thread's, messages. */
    static String scope(ThreadId thread) {
        return scope(thread.account()) + " " + word("t", thread.text());
    }

    private static String scope(AccountId account) {
        return word("a", account.value());
    }

    /** What to index of a text; NUL would end it early. */
    static String body(String text) {
        return text.replace('\0', ' ');
    }

    /** The index's own language; null: there is nothing to look for. */
    static @Nullable String query(AccountId account, @Nullable ThreadId thread, String words) {
        StringBuilder query = new StringBuilder("scope:")
                .append(thread == null ? scope(account) : word("t", thread.text()));
        Matcher matcher = WORD.matcher(words);
        int found = 0;
        while (found < MAX_WORDS && matcher.find()) {
            query.append(" AND body:\"").append(matcher.group()).append("\"*");
            found++;
        }
        return found == 0 ? null : query.toString();
    }

    private static String word(String prefix, String id) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return prefix + HexFormat.of().formatHex(hash, 0, SCOPE_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has SHA-256", e);
        }
    }
}
