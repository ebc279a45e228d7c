package io.wafleet.gateway.desk;

import io.wafleet.contract.Chat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether two requests under one {@code Idempotency-Key} ask the same: a hash of what was asked, in canonical form. */
final class Fingerprint {
    private Fingerprint() {}

    static String of(Chat chat, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, chat.jid());
            add(digest, text);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** With its length before it, so that no text can run over into the next part. */
    private static void add(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }
}
