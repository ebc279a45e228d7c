package io.wafleet.worker.keeping;

import io.wafleet.contract.Content;
import io.wafleet.contract.Event;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MediaInfo;
import io.wafleet.contract.MediaKey;
import io.wafleet.contract.UnreadableRecordException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A medium whose bytes are to be kept.
 *
 * @param url where WhatsApp has them, as the message says it
 */
public record Wanted(MediaKey key, URI url, MediaInfo media) {
    private static final byte[] MARK = "\"mediaKey\"".getBytes(StandardCharsets.US_ASCII);

    /** What a record of the topic wants kept; null: nothing. What cannot be read is for others to say. */
    public static @Nullable Wanted in(byte @Nullable [] event) {
        if (event == null || !mentionsKey(event)) {
            return null;
        }
        try {
            return JsonCodec.decode(event, Event.class) instanceof Event.InboundMessage message ? of(message) : null;
        } catch (UnreadableRecordException _) {
            return null;
        }
    }

    private static @Nullable Wanted of(Event.InboundMessage message) {
        return message.mediaKey() != null && message.media() != null
                && message.content() instanceof Content.Media content
                        ? new Wanted(message.mediaKey(), content.url(), message.media())
                        : null;
    }

    /** Nearly all events are about something else: those are not even parsed. */
    private static boolean mentionsKey(byte[] event) {
        int at = 0;
        for (byte next : event) {
            at = next == MARK[at] ? at + 1 : next == MARK[0] ? 1 : 0;
            if (at == MARK.length) {
                return true;
            }
        }
        return false;
    }

    /** Addresses are private. */
    @Override
    public String toString() {
        return "Wanted[" + key + "]";
    }
}
