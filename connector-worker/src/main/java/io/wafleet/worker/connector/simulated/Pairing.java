package io.wafleet.worker.connector.simulated;

import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.contract.simulator.ServerFrame;
import io.wafleet.worker.connector.Credentials;
import io.wafleet.worker.connector.Credentials.Part;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The simulator's credentials, read: who the account is there, and how far its ratchet is.
 *
 * @param counter the last one used
 */
record Pairing(Identity identity, long counter) {
    private static final String IDENTITY = "identity";
    private static final String RATCHET = "ratchet";
    private static final String KEYS = "keys";
    /** Sealed and in Base64 it is a third larger, and must fit into one record of the journal. */
    private static final int MAX_KEY_BYTES = 512 << 10;

    /**
     * Who the account is at the simulator.
     *
     * @param token secret
     */
    record Identity(PhoneNumber phone, long generation, String token) {
        @Override
        public String toString() {
            return "Identity[" + phone + ", generation " + generation + "]";
        }
    }

    private record Ratchet(long counter) {}

    /** Empty when there are none, or they are not the simulator's. */
    static Optional<Pairing> read(Credentials credentials) {
        Part identity = credentials.parts().get(IDENTITY);
        Part ratchet = credentials.parts().get(RATCHET);
        if (identity == null || ratchet == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Pairing(JsonCodec.decode(identity.bytes(), Identity.class),
                    JsonCodec.decode(ratchet.bytes(), Ratchet.class).counter));
        } catch (UnreadableRecordException _) {
            return Optional.empty();
        }
    }

    /** What a fresh pairing brings, with as much key material as a real one would. */
    static Credentials credentials(ServerFrame.Paired paired) {
        byte[] keys = new byte[Math.clamp(paired.credentialBytes(), 0, MAX_KEY_BYTES)];
        new SplittableRandom(paired.generation()).nextBytes(keys);
        return new Credentials(Map.of(
                IDENTITY,
                new Part(JsonCodec.encode(new Identity(paired.phone(), paired.generation(), paired.token()))),
                RATCHET, ratchet(0), KEYS, new Part(keys)));
    }

    static Credentials.Changes advancedTo(long counter) {
        return new Credentials.Changes(Map.of(RATCHET, Optional.of(ratchet(counter))));
    }

    private static Part ratchet(long counter) {
        return new Part(JsonCodec.encode(new Ratchet(counter)));
    }
}
