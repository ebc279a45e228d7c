package io.wafleet.worker.simulation;

import io.wafleet.worker.connector.Credentials;
import java.nio.ByteBuffer;

/**
 * The part of the credentials that each send and each receipt moves on.
 *
 * @param pairing which pairing it belongs to; 0: none
 * @param step how often it was moved
 */
record Ratchet(long pairing, long step) {
    static final String PART = "ratchet";

    static Ratchet of(Credentials credentials) {
        Credentials.Part part = credentials.parts().get(PART);
        return part == null ? new Ratchet(0, 0) : of(part.bytes());
    }

    static Ratchet of(byte[] part) {
        ByteBuffer bytes = ByteBuffer.wrap(part);
        return new Ratchet(bytes.getLong(), bytes.getLong());
    }

    Ratchet next() {
        return new Ratchet(pairing, step + 1);
    }

    Credentials.Part part() {
        return new Credentials.Part(ByteBuffer.allocate(2 * Long.BYTES).putLong(pairing).putLong(step).array());
    }
}
