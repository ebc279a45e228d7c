package io.wafleet.worker.connector.simulated;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import io.wafleet.contract.InboundContent;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.contract.simulator.ServerFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Puts fragments together, and reads what comes out. One per socket; on the event loop. */
final class Incoming {
    private final Wire.Ear ear;
    private @Nullable Buffer fragments;
    private boolean text;
    private boolean tooBig;

    Incoming(Wire.Ear ear) {
        this.ear = ear;
    }

    /** Takes a text, a binary, or what continues one. */
    void take(WebSocketFrame frame) {
        if (!frame.isContinuation()) {
            text = frame.isText();
            tooBig = false;
            fragments = null;
        }
        if (text && !tooBig) {
            append(frame.binaryData());
        }
        if (frame.isFinal()) {
            Buffer whole = fragments;
            fragments = null;
            tell(whole == null ? null : read(whole.getBytes()));
        }
    }

    private void append(Buffer data) {
        int before = fragments == null ? 0 : fragments.length();
        if (before + data.length() > BigFrameFilter.MAX_PAYLOAD_BYTES) {
            tooBig = true;
            fragments = null;
        } else {
            fragments = fragments == null ? data : fragments.appendBuffer(data);
        }
    }

    private void tell(@Nullable ServerFrame frame) {
        if (frame == null) {
            ear.noise();
        } else {
            ear.frame(frame);
        }
    }

    private static @Nullable ServerFrame read(byte[] json) {
        try {
            return JsonCodec.decode(json, ServerFrame.class);
        } catch (UnreadableRecordException _) {
            return unsupported(json);
        }
    }

    /** A message that says what this release cannot is taken in all the same: unacked, it would come for ever. */
    private static @Nullable ServerFrame unsupported(byte[] json) {
        try {
            if (JsonCodec.mapper().readTree(json) instanceof ObjectNode frame
                    && frame.get("content") instanceof ObjectNode content) {
                String kind = content.path("type").asString("unknown");
                frame.set("content", JsonCodec.mapper().valueToTree(InboundContent.Unsupported.of(kind)));
                frame.remove(List.of("media", "thumbnail"));
                return JsonCodec.decode(JsonCodec.encode(frame), ServerFrame.class);
            }
        } catch (JacksonException | UnreadableRecordException _) {
            // No message, whatever it is.
        }
        return null;
    }
}
