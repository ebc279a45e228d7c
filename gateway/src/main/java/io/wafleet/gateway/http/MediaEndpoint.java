package io.wafleet.gateway.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.validation.RequestParameter;
import io.wafleet.contract.MediaKey;
import io.wafleet.media.MediaStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes of media that arrived, from the media store; looked up on worker threads, sent by the operating system. Whoever wrote the message
 * chose their type, so a browser is told to save them, and never to guess or run what they are.
 */
final class MediaEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(MediaEndpoint.class);
    private static final int NAME_LENGTH = 16;
    private static final String FILE = "file";
    private static final Map<String, String> ENDINGS = Map.ofEntries(Map.entry("image/jpeg", ".jpg"),
            Map.entry("image/png", ".png"), Map.entry("image/gif", ".gif"), Map.entry("image/webp", ".webp"),
            Map.entry("video/mp4", ".mp4"), Map.entry("video/3gpp", ".3gp"), Map.entry("audio/ogg", ".ogg"),
            Map.entry("audio/mpeg", ".mp3"), Map.entry("audio/mp4", ".m4a"), Map.entry("audio/aac", ".aac"),
            Map.entry("application/pdf", ".pdf"), Map.entry("text/plain", ".txt"));

    private final EventLoop loop;
    private final Optional<MediaStore> store;

    /**
     * @param store empty: this gateway has none
     */
    MediaEndpoint(EventLoop loop, Optional<MediaStore> store) {
        this.loop = loop;
        this.store = store;
    }

    Map<String, Endpoint> endpoints() {
        return Map.of("getMedia", this::media);
    }

    private Future<Answer> media(RoutingContext context) {
        RequestParameter sha256 = Endpoint.validated(context).getPathParameters().get("sha256");
        MediaKey key = MediaKey.of(GivenIds.account(context),
                String.valueOf(sha256 == null ? null : sha256.getString()));
        MediaStore from = store.orElseThrow(() -> Problem.of(404, "media_not_kept",
                "This gateway keeps no media: it was started without a media folder"));
        return loop.aside(() -> answer(find(from, key), key));
    }

    private static MediaStore.Kept find(MediaStore store, MediaKey key) {
        try {
            return store.find(key).orElseThrow(() -> Problem.of(404, "media_not_here",
                    "These bytes are not here: not yet, or they were given up, or never arrived"));
        } catch (IOException e) {
            LOG.warn("the media store cannot be read: {}", e.getClass().getSimpleName());
            throw Problem.unavailable("media_unavailable", "The media store cannot be read now");
        }
    }

    private static Answer answer(MediaStore.Kept kept, MediaKey key) {
        if (!FILE.equals(kept.at().getScheme())) {
            return Answer.elsewhere(kept.at());
        }
        String bare = kept.mimetype().split(";", 2)[0].strip();
        String name = key.sha256().substring(0, NAME_LENGTH) + ENDINGS.getOrDefault(bare, "");
        return Answer.file(kept.mimetype(), Path.of(kept.at()))
                .with("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .with("Content-Security-Policy", "sandbox; default-src 'none'")
                .with("Cache-Control", "private, max-age=31536000, immutable");
    }
}
