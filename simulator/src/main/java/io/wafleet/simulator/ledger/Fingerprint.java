package io.wafleet.simulator.ledger;

import io.wafleet.contract.Content;
import io.wafleet.contract.InboundContent;
import io.wafleet.contract.JsonCodec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a content says, for people and for finding repeats.
 *
 * @param text for people; for a text message, its text
 * @param hash first 16 hex of the SHA-256 of the whole content
 */
public record Fingerprint(String text, String hash) {
    private static final int HASH_BYTES = 8;

    public static Fingerprint of(InboundContent content) {
        return new Fingerprint(text(content),
                HexFormat.of().formatHex(sha256(JsonCodec.encode(content)), 0, HASH_BYTES));
    }

    private static String text(InboundContent content) {
        return switch (content) {
            case Content.Text t -> t.text();
            case Content.Image i -> labelled("image", i.caption());
            case Content.Video v -> labelled("video", v.caption());
            case Content.Audio _ -> "[audio]";
            case Content.Voice _ -> "[voice]";
            case Content.Document d -> labelled(labelled("document", d.fileName()), d.caption());
            case Content.Sticker _ -> "[sticker]";
            case Content.Location l -> labelled("[location] " + l.latitude() + "," + l.longitude(), l.name());
            case Content.Contact c -> labelled("contact", c.name());
            case Content.Reaction r -> "[reaction to " + r.message().id() + "] " + r.emoji();
            case Content.Edit e -> "[edit of " + e.message().id() + "] " + e.text();
            case Content.Delete d -> "[delete of " + d.message().id() + "]";
            case InboundContent.Unsupported u -> "[" + u.kind() + "]";
        };
    }

    private static String labelled(String label, @Nullable String text) {
        String head = label.startsWith("[") ? label : "[" + label + "]";
        return text == null ? head : head + " " + text;
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
