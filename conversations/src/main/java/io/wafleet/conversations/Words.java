package io.wafleet.conversations;

import io.wafleet.contract.Content;
import io.wafleet.contract.InboundContent;
import org.jspecify.annotations.Nullable;

/** A content in words: what is shown, searched, and previewed of it. */
final class Words {
    static final int MAX_PREVIEW = 100;

    private Words() {}

    /** Text or caption; empty when it has neither. */
    static String of(InboundContent content) {
        return orEmpty(switch (content) {
            case Content.Text text -> text.text();
            case Content.Image image -> image.caption();
            case Content.Video video -> video.caption();
            case Content.Document document -> document.caption();
            case Content.Edit edit -> edit.text();
            case Content.Audio _,Content.Voice _,Content.Sticker _,Content.Reaction _,Content.Delete _,InboundContent.Unsupported _ ->
                "";
            case Content.Location location -> location.name();
            case Content.Contact contact -> contact.name();
        });
    }

    /** The word for its kind, in the API and in documents. */
    static String kind(InboundContent content) {
        return switch (content) {
            case Content.Text _ -> "text";
            case Content.Image _ -> "image";
            case Content.Video _ -> "video";
            case Content.Audio _ -> "audio";
            case Content.Voice _ -> "voice";
            case Content.Document _ -> "document";
            case Content.Sticker _ -> "sticker";
            case Content.Location _ -> "location";
            case Content.Contact _ -> "contact";
            case Content.Reaction _ -> "reaction";
            case Content.Edit _ -> "edit";
            case Content.Delete _ -> "delete";
            case InboundContent.Unsupported _ -> "unsupported";
        };
    }

    /** One line of at most {@link #MAX_PREVIEW} UTF-16 units; {@code [image]} or so when it has no words. */
    static String preview(StoredMessage message) {
        Said said = message.said();
        if (said == null) {
            return "";
        }
        if (message.deletedAt() != null) {
            return "[deleted]";
        }
        String line = Texts.cut(message.text(), MAX_PREVIEW);
        return line.isEmpty() && !(said.content() instanceof Content.Text) ? "[" + kind(said.content()) + "]" : line;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
