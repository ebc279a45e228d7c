package io.wafleet.gateway.desk;

import io.wafleet.contract.Chat;
import io.wafleet.gateway.request.SendTimes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Tells whether two requests under one {@code Idempotency-Key} ask the same: a hash of what was asked, in canonical form. */
final class Fingerprint {
    private Fingerprint() {}

    static String of(Chat chat, String text) {
        return of(chat, text, SendTimes.ANY);
    }

    static String of(Chat chat, String text, SendTimes times) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, chat.jid());
            add(digest, text);
            addTime(digest, "sendAt", times.sendAt());
            addTime(digest, "expiresAt", times.expiresAt());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** What is not asked leaves the hash as it would be without. */
    private static void addTime(MessageDigest digest, String name, @Nullable Instant at) {
        if (at != null) {
            add(digest, name);
            add(digest, at.toString());
        }
    }

    /** With its length before it, so that no text can run over into the next part. */
    private static void add(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }
}
