package io.wafleet.worker.connector.simulated;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.contract.simulator.ServerFrame;
import org.jspecify.annotations.Nullable;

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
            return null;
        }
    }
}
