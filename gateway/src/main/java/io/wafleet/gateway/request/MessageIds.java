package io.wafleet.gateway.request;

import io.wafleet.contract.MessageId;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Makes message ids in the form of WhatsApp's own web client: {@code 3EB0} and 18 upper-case hex. As random as its source. */
public final class MessageIds {
    private static final String PREFIX = "3EB0";
    private static final int RANDOM_BYTES = 9;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final RandomGenerator random;

    /**
     * @param random thread-safe, and not to be guessed
     */
    public MessageIds(RandomGenerator random) {
        this.random = random;
    }

    public MessageId next() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return new MessageId(PREFIX + HEX.formatHex(bytes));
    }
}
