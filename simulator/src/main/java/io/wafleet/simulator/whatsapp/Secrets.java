package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.MessageId;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Draws what nobody else can guess: QR texts, pairing codes, tokens, message ids. */
final class Secrets {
    /** As WhatsApp's: no 0, I, O, U, which people mistake. */
    private static final String CODE_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTVWXYZ";
    private static final int CODE_LENGTH = 8;
    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 9;
    private static final int BURST_BYTES = 4;

    private final RandomGenerator random;

    Secrets(RandomGenerator random) {
        this.random = random;
    }

    /** A text in the form of WhatsApp's own: reference, noise key, identity key. */
    String qr() {
        return "2@" + key() + "," + key() + "," + key();
    }

    /** {@code ABCD-1234}. */
    String pairingCode() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < CODE_LENGTH; i++) {
            code.append(i == CODE_LENGTH / 2 ? "-" : "")
                    .append(CODE_ALPHABET.charAt(random.nextInt(CODE_ALPHABET.length())));
        }
        return code.toString();
    }

    String token() {
        return key();
    }

    /** An id as phones make them. */
    MessageId messageId() {
        return new MessageId("3A" + HexFormat.of().formatHex(bytes(ID_BYTES)).toUpperCase(Locale.ROOT));
    }

    /** What the ids of one burst's messages begin with. */
    String burstId() {
        return "3B" + HexFormat.of().formatHex(bytes(BURST_BYTES)).toUpperCase(Locale.ROOT);
    }

    /** Whether something of this probability happens now. */
    boolean happens(double probability) {
        return probability >= 1 || random.nextDouble() < probability;
    }

    private String key() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(KEY_BYTES));
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
