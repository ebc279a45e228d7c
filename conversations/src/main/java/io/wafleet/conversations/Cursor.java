package io.wafleet.conversations;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * A place in a list that is ordered by time and document id, both descending: what comes after this document.
 *
 * @param at order time of the document, whole milliseconds
 * @param id of the document
 */
public record Cursor(Instant at, String id) {

    /** The cursor after this message. */
    public static Cursor of(StoredMessage message) {
        return new Cursor(message.orderTime().orElseThrow(), message.id().value());
    }

    /** The cursor after this thread. */
    public static Cursor of(StoredThread thread) {
        StoredThread.Last last = thread.last();
        if (last == null) {
            throw new IllegalArgumentException("a thread without messages is in no list");
        }
        return new Cursor(last.at(), thread.id().text());
    }

    /**
     * Reads {@link #text()}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Cursor parse(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int colon = plain.indexOf(':');
            Instant at = Instant.ofEpochMilli(Long.parseLong(plain.substring(0, Math.max(0, colon))));
            String id = plain.substring(colon + 1);
            if (id.isEmpty() || !at.equals(Times.storable(at))) {
                throw new IllegalArgumentException();
            }
            return new Cursor(at, id);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("cursor must be one that a page has given");
        }
    }

    /** Opaque, and fit for a URL. */
    public String text() {
        byte[] plain = (at.toEpochMilli() + ":" + id).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
    }

    /** Without the id, which may hold a phone. */
    @Override
    public String toString() {
        return "Cursor[at " + at + "]";
    }
}
