package io.wafleet.worker.connector.simulated;

import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.simulator.ServerFrame;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server without a WebSocket library: says one frame and drops the connection right behind it, in one breath. A library would
 * close in order, or later, or leave it to its event loop when.
 */
final class DroppingServer implements AutoCloseable {

    /** When the frame and the drop come. */
    enum Moment {
        /** Right behind the server's half of the handshake. */
        HANDSHAKE,
        /** Once the client has said its first frame. */
        FIRST_FRAME
    }

    /** How the connection ends. */
    enum Drop {
        FIN, RST,
        /** In order, with {@link #STATUS}. */
        CLOSE
    }

    static final int STATUS = 4503;

    private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: *(\\S+)");
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int BACKLOG = 1_024;
    private static final int FINAL_TEXT = 0x81;
    private static final int CLOSE = 0x88;

    private final Moment moment;
    private final Drop drop;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    DroppingServer(Moment moment, Drop drop) throws IOException {
        this.moment = moment;
        this.drop = drop;
        server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/ws");
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (Socket client = socket) {
            client.setTcpNoDelay(true);
            InputStream in = client.getInputStream();
            OutputStream out = client.getOutputStream();
            out.write(agreement(head(in)));
            if (moment == Moment.FIRST_FRAME) {
                readFrame(in);
            }
            out.write(frame(FINAL_TEXT, JsonCodec.encode(new ServerFrame.Qr("a code", 60_000))));
            if (drop == Drop.CLOSE) {
                out.write(frame(CLOSE, ByteBuffer.allocate(Short.BYTES).putShort((short) STATUS).array()));
                client.shutdownOutput();
                in.transferTo(OutputStream.nullOutputStream());
            }
            if (drop == Drop.RST) {
                client.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) in.read());
        }
        return head.toString();
    }

    private static byte[] agreement(String head) {
        Matcher key = KEY.matcher(head);
        if (!key.find()) {
            throw new IllegalArgumentException("no WebSocket handshake");
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key.group(1) + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(hash) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A short masked one. */
    private static void readFrame(InputStream in) throws IOException {
        int length = in.readNBytes(2)[1] & 0x7F;
        in.readNBytes(4 + length);
    }

    private static byte[] frame(int kind, byte[] payload) {
        return ByteBuffer.allocate(2 + payload.length).put((byte) kind).put((byte) payload.length).put(payload)
                .array();
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
