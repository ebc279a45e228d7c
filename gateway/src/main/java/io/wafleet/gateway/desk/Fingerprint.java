package io.wafleet.gateway.desk;

import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MessageRef;
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

    static String of(Chat chat, Content content) {
        return of(chat, content, SendTimes.ANY);
    }

    static String of(Chat chat, Content content, SendTimes times) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, chat.jid());
            addContent(digest, content);
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

    /** All of it, in its one JSON form; a plain text is just itself. */
    private static void addContent(MessageDigest digest, Content content) {
        if (content instanceof Content.Text(String text, MessageRef quoted) && quoted == null) {
            add(digest, text);
        } else {
            add(digest, "content");
            add(digest, JsonCodec.text(content));
        }
    }

    /** With its length before it, so that no text can run over into the next part. */
    private static void add(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }
}
