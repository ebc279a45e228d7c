package io.wafleet.simulator.ledger;

import io.wafleet.contract.Content;
import io.wafleet.contract.JsonCodec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a content says, for people and for finding repeats.
 *
 * @param text for people; for a text message, its text
 * @param hash first 16 hex of the SHA-256 of the whole content
 */
public record Fingerprint(String text, String hash) {
    private static final int HASH_BYTES = 8;

    public static Fingerprint of(Content content) {
        String text = switch (content) {
            case Content.Text t -> t.text();
        };
        return new Fingerprint(text, HexFormat.of().formatHex(sha256(JsonCodec.encode(content)), 0, HASH_BYTES));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** Messages are private. */
    @Override
    public String toString() {
        return "Fingerprint[" + hash + "]";
    }
}
