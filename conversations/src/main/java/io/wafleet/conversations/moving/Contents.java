package io.wafleet.conversations.moving;

import io.wafleet.contract.Content;
import io.wafleet.contract.InboundContent;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says what a message says. Words are never lost: where a medium cannot be said as it was written (no address, a caption that is too long),
 * its words are kept as text.
 */
final class Contents {
    private final Findings findings;

    Contents(Findings findings) {
        this.findings = findings;
    }

    InboundContent of(Bubble bubble) {
        OriginalDocument document = bubble.document();
        String kind = document.text("media.type", "mediaType", "messageType");
        String type = kind == null ? "text" : kind.toLowerCase(Locale.ROOT);
        if (!type.equals("text") && !type.equals("unknown")) {
            Content.Media media = media(type, document, bubble.text());
            if (media != null) {
                return media;
            }
            findings.corrected("a medium whose address was not kept: only its words and kind", document.path());
        }
        if (!bubble.text().isEmpty()) {
            return new Content.Text(
                    bubble.text().substring(0, Math.min(bubble.text().length(), Content.Text.MAX_LENGTH)));
        }
        if (type.equals("text") || type.equals("unknown")) {
            findings.corrected("a message without words, of a kind that was not kept", document.path());
            return InboundContent.Unsupported.of("unknown");
        }
        return InboundContent.Unsupported.of(type);
    }

    private static Content.@Nullable Media media(String type, OriginalDocument document, String caption) {
        String url = document.text("media.url", "mediaUrl");
        String mimetype = document.text("media.mimeType", "mediaMimetype");
        if (url == null) {
            return null;
        }
        Content.Media media = build(type, url, caption, mimetype, document.text("mediaFilename", "media.fileName"));
        return media == null ? build(type, url, caption, null, null) : media;
    }

    private static Content.@Nullable Media build(String type, String url, String caption, @Nullable String mimetype,
            @Nullable String fileName) {
        @Nullable
        String words = caption.isEmpty() ? null : caption;
        try {
            URI at = URI.create(url);
            return switch (type) {
                case "image" -> new Content.Image(at, words, mimetype, null);
                case "video" -> new Content.Video(at, words, mimetype, null);
                case "document" -> new Content.Document(at, fileName, words, mimetype, null);
                case "audio" -> words == null ? new Content.Audio(at, mimetype, null) : null;
                case "voice", "ptt" -> words == null ? new Content.Voice(at, mimetype, null) : null;
                case "sticker" -> words == null ? new Content.Sticker(at, mimetype, null) : null;
                default -> null;
            };
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
