package io.wafleet.worker.keeping;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;

/** The bytes as they come from WhatsApp: never more than there may be, and a failure to read them is told from one to write them. */
final class OriginStream extends FilterInputStream {
    private final long maxBytes;
    private final Runnable closed;
    private long bytes;

    /** The origin failed, not the store. */
    static final class OriginException extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        OriginException(IOException cause) {
            super("WhatsApp did not bring it: " + cause.getClass().getSimpleName(), cause);
        }
    }

    /**
     * @param closed told when it is closed
     */
    OriginStream(InputStream in, long maxBytes, Runnable closed) {
        super(in);
        this.maxBytes = maxBytes;
        this.closed = closed;
    }

    @Override
    public void close() throws IOException {
        closed.run();
        super.close();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read;
        try {
            read = super.read(into, offset, length);
        } catch (IOException e) {
            throw new OriginException(e);
        }
        bytes += Math.max(0, read);
        if (bytes > maxBytes) {
            throw new MediaGoneException("it has more than " + maxBytes + " bytes");
        }
        return read;
    }
}
