package io.wafleet.worker.connector;

/** A medium in memory, on its way to WhatsApp. The bytes must not be changed after they were given away. */
public final class MediaBytes {
    private final String mimetype;
    private final byte[] bytes;

    public MediaBytes(String mimetype, byte[] bytes) {
        this.mimetype = mimetype;
        this.bytes = bytes;
    }

    public String mimetype() {
        return mimetype;
    }

    public byte[] bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return "MediaBytes[" + mimetype + ", " + bytes.length + " bytes]";
    }
}
