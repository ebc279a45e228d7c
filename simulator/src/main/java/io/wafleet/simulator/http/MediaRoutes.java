package io.wafleet.simulator.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.wafleet.contract.MediaInfo;
import io.wafleet.simulator.loop.SimulatorLoop;
import io.wafleet.simulator.whatsapp.MediaShelf;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;

/**
 * {@code /media}: where clients and phones bring the bytes of media before they send the message, as at WhatsApp; a frame only names
 * their address. On the event loop.
 */
final class MediaRoutes {
    private static final int MAX_BYTES = 64 << 20;
    private static final String UNKNOWN = "application/octet-stream";
    private static final int MAX_TYPE_LENGTH = 128;
    /** What a page may show as itself; all else is only for saving, since it may hold scripts. */
    private static final Set<String> SHOWN = Set.of("image/png", "image/jpeg", "image/gif", "image/webp", "video/mp4",
            "audio/mpeg", "audio/ogg", "audio/ogg; codecs=opus", "audio/webm", "video/webm");

    private final SimulatorLoop loop;

    /** Where the bytes now lie, and what is known of them. */
    record Uploaded(String url, MediaInfo media) {}

    MediaRoutes(SimulatorLoop loop) {
        this.loop = loop;
    }

    void mount(Router router) {
        router.post("/media").handler(this::upload);
        router.get("/media/:sha256").handler(this::download);
    }

    private void upload(RoutingContext context) {
        Buffer bytes = Buffer.buffer();
        context.request().handler(chunk -> {
            if (bytes.length() + chunk.length() > MAX_BYTES) {
                context.request().handler(null);
                context.fail(new Problem(413, "too_large", "body", "must be at most " + MAX_BYTES + " bytes"));
            } else {
                bytes.appendBuffer(chunk);
            }
        }).endHandler(_ -> {
            if (!context.response().ended()) {
                keep(context, bytes.getBytes());
            }
        });
    }

    private void keep(RoutingContext context, byte[] bytes) {
        String given = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        String mimetype = given == null || given.length() > MAX_TYPE_LENGTH ? UNKNOWN : given;
        String sha256 = sha256(bytes);
        loop.turn((whatsApp, _) -> whatsApp.shelf().put(sha256, mimetype, bytes));
        String url = context.request().scheme() + "://" + Objects.requireNonNull(context.request().authority())
                + "/media/" + sha256;
        Answers.json(context, new Uploaded(url, new MediaInfo(mimetype, bytes.length, sha256)));
    }

    private void download(RoutingContext context) {
        MediaShelf.Medium medium = loop
                .ask((whatsApp, _) -> whatsApp.shelf().find(Requests.inPath(context, "sha256")))
                .orElseThrow(() -> new Problem(404, "unknown", "sha256", "was never uploaded"));
        byte[] bytes = medium.bytes();
        if (bytes == null) {
            throw new Problem(410, "stale", "sha256", "was let go, for its age");
        }
        HttpServerResponse response = context.response().putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Content-Security-Policy", "sandbox; default-src 'none'");
        boolean isShown = SHOWN.contains(medium.mimetype());
        response.putHeader(HttpHeaders.CONTENT_TYPE, isShown ? medium.mimetype() : UNKNOWN)
                .putHeader("Content-Disposition", isShown ? "inline" : "attachment").end(Buffer.buffer(bytes));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
