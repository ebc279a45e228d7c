package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.Content;
import io.wafleet.contract.InboundContent;
import io.wafleet.contract.MediaInfo;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The media that clients and phones brought, by the SHA-256 of their bytes; an address names one by its path {@code /media/<sha256>}.
 * Bounded, in memory only: the oldest bytes go first, what is known of them stays longer. On the simulator's thread.
 */
public final class MediaShelf {
    private static final Pattern PATH = Pattern.compile("https?://[^/?#]+/media/([0-9a-f]{64})");

    private final long maxBytes;
    private final int maxMedia;
    private final Map<String, Medium> media;
    private final ArrayDeque<Medium> withBytes = new ArrayDeque<>();
    private long bytes;

    /** A medium; its bytes may have been let go. */
    public static final class Medium {
        private final String mimetype;
        private final long sizeBytes;
        private byte @Nullable [] bytes;

        Medium(String mimetype, byte[] bytes) {
            this.mimetype = mimetype;
            this.sizeBytes = bytes.length;
            this.bytes = bytes;
        }

        public String mimetype() {
            return mimetype;
        }

        /** Not to be changed; null when they were let go. */
        public byte @Nullable [] bytes() {
            return bytes;
        }
    }

    MediaShelf(long maxBytes, int maxMedia) {
        this.maxBytes = maxBytes;
        this.maxMedia = maxMedia;
        this.media = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Medium> eldest) {
                return size() > maxMedia;
            }
        };
    }

    /** Takes a medium in; under the same hash it replaces the one before. */
    public void put(String sha256, String mimetype, byte[] content) {
        Medium medium = new Medium(mimetype, content);
        media.put(sha256, medium);
        withBytes.addLast(medium);
        bytes += content.length;
        while (withBytes.size() > 1 && (bytes > maxBytes || withBytes.size() > maxMedia)) {
            Medium oldest = withBytes.removeFirst();
            oldest.bytes = null;
            bytes -= oldest.sizeBytes;
        }
    }

    public Optional<Medium> find(String sha256) {
        return Optional.ofNullable(media.get(sha256));
    }

    /** What is known of the content's bytes; null when it has none, or they were never brought. */
    @Nullable
    MediaInfo infoOf(InboundContent content) {
        return content instanceof Content.Media of ? infoOf(String.valueOf(of.url()), of.mimetype()) : null;
    }

    private @Nullable MediaInfo infoOf(String url, @Nullable String mimetype) {
        Matcher path = PATH.matcher(url);
        Medium medium = path.matches() ? media.get(path.group(1)) : null;
        return medium == null
                ? null
                : new MediaInfo(mimetype == null ? medium.mimetype : mimetype, medium.sizeBytes, path.group(1));
    }
}
