package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an accepted outbound message says, on the changelog {@code message-status}: written once, before the message's first status, in the
 * same transaction. Its key there is {@code <account>/<message>/content}, so that a reader of statuses can step over it unread
 * ({@link #isKey}).
 *
 * @param chat where it goes
 * @param acceptedAt when the outbox counts it as accepted; the message's place in its chat until it is sent
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonTypeName("message-content")
public record MessageContentRecord(AccountId account, MessageId message, Chat chat, Content content,
        Instant acceptedAt) implements Versioned {
    private static final String ENDING = "/content";
    private static final byte[] ENDING_BYTES = ENDING.getBytes(StandardCharsets.UTF_8);

    /** The record's key on the topic. */
    public String key() {
        return account.value() + "/" + message.value() + ENDING;
    }

    /** Whether a key of the topic is that of a content, rather than of a status: neither id can hold a slash. */
    public static boolean isKey(byte @Nullable [] key) {
        if (key == null || key.length < ENDING_BYTES.length) {
            return false;
        }
        int start = key.length - ENDING_BYTES.length;
        if (!endsWithContent(key, start)) {
            return false;
        }
        for (int i = 0; i < start; i++) {
            if (key[i] == '/') {
                return true;
            }
        }
        return false;
    }

    private static boolean endsWithContent(byte[] key, int start) {
        for (int i = 0; i < ENDING_BYTES.length; i++) {
            if (key[start + i] != ENDING_BYTES[i]) {
                return false;
            }
        }
        return true;
    }
}
