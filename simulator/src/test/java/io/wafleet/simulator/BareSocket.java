package io.wafleet.simulator;

import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.simulator.ClientFrame;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A WebSocket by hand, to see exactly what the server puts on the line. The JDK's client now and then overlooks that the line has
 * ended when the end comes right behind a frame.
 */
final class BareSocket implements AutoCloseable {
    /** What {@link #opcode} gives when the line has ended. */
    static final int END = -1;
    static final int TEXT = 1;

    private static final int PATIENCE_MS = 20_000;
    private static final int FINAL_FRAME = 0x80;
    private static final int MASKED = 0x80;
    private static final int OPCODE = 0x0F;
    private static final int LENGTH = 0x7F;
    private static final int TWO_BYTE_LENGTH = 126;

    private final Socket socket;
    private final DataInputStream in;

    BareSocket(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MS);
        in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write(("GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) in.readUnsignedByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new AssertionError(head);
        }
    }

    BareSocket say(ClientFrame frame) throws IOException {
        byte[] text = JsonCodec.encode(frame);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.write(FINAL_FRAME | TEXT);
        // the shortest form of the length is the only one allowed
        if (text.length < TWO_BYTE_LENGTH) {
            line.write(MASKED | text.length);
        } else {
            line.write(MASKED | TWO_BYTE_LENGTH);
            line.write(text.length >> 8);
            line.write(text.length);
        }
        // the mask is zero, so the text stands as it is
        line.writeBytes(new byte[4]);
        line.writeBytes(text);
        socket.getOutputStream().write(line.toByteArray());
        return this;
    }

    /** The kind of the next frame; {@link #END} when the line has ended instead. */
    int opcode() throws IOException {
        int first = in.read();
        if (first < 0) {
            return END;
        }
        int length = in.readUnsignedByte() & LENGTH;
        in.skipNBytes(length == TWO_BYTE_LENGTH ? in.readUnsignedShort() : length);
        return first & OPCODE;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
