package io.wafleet.conversations;

import io.wafleet.contract.JsonCodec;

/** Documents as bytes, the same in each store. */
public final class StateCodec {
    /** The same in each store, so that none keeps what another could not. */
    static final int MAX_BYTES = 800_000;

    private StateCodec() {}

    /**
     * UTF-8 JSON.
     *
     * @throws DocumentTooLargeException when it is more than each store can keep
     */
    public static byte[] encode(Record document) {
        byte[] bytes = JsonCodec.encode(document);
        if (bytes.length > MAX_BYTES) {
            throw new DocumentTooLargeException(bytes.length);
        }
        return bytes;
    }

    public static <T extends Record> T decode(byte[] bytes, Class<T> type) {
        return JsonCodec.decode(bytes, type);
    }
}
