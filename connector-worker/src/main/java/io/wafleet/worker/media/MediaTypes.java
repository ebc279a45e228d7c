package io.wafleet.worker.media;

import io.wafleet.contract.Content;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says of what type fetched bytes are: as the sender says, else as their server says, else what is usual. */
public final class MediaTypes {
    private static final Set<String> SAYS_NOTHING = Set.of("application/octet-stream", "binary/octet-stream",
            "application/binary");

    private MediaTypes() {}

    /**
     * @param told the server's Content-Type; null when it said none
     * @return empty when the server says that it is something else, such as the page of an error
     */
    public static Optional<String> resolve(Content.Media media, @Nullable String told) {
        String asked = media.mimetype();
        if (asked != null) {
            return Optional.of(asked);
        }
        String type = told == null ? "" : told.strip().toLowerCase(Locale.ROOT);
        String bare = type.split(";", 2)[0].strip();
        if (bare.isEmpty() || SAYS_NOTHING.contains(bare)) {
            return Optional.of(usual(media));
        }
        return isValid(media, type) ? Optional.of(type) : isValid(media, bare) ? Optional.of(bare) : Optional.empty();
    }

    private static boolean isValid(Content.Media media, String type) {
        try {
            var _ = media.at(media.url(), type);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static String usual(Content.Media media) {
        return switch (media) {
            case Content.Image _ -> "image/jpeg";
            case Content.Video _ -> "video/mp4";
            case Content.Audio _ -> "audio/mpeg";
            case Content.Voice _ -> "audio/ogg; codecs=opus";
            case Content.Document _ -> "application/octet-stream";
            case Content.Sticker _ -> "image/webp";
        };
    }
}
