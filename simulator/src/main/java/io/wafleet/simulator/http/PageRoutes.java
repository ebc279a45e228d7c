package io.wafleet.simulator.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.wafleet.simulator.loop.SimulatorLoop;
import io.wafleet.simulator.whatsapp.PairingView;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** {@code /}: the simulated phone's page, and what it draws. */
final class PageRoutes {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            + "media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final SimulatorLoop loop;
    private final EventStreams events;

    PageRoutes(SimulatorLoop loop, EventStreams events) {
        this.loop = loop;
        this.events = events;
    }

    void mount(Router router) {
        file(router, "/", "index.html", "text/html; charset=utf-8");
        file(router, "/phone.css", "phone.css", "text/css; charset=utf-8");
        file(router, "/phone.js", "phone.js", "text/javascript; charset=utf-8");
        file(router, "/icon.svg", "icon.svg", "image/svg+xml");
        router.get("/api/events").handler(events::open);
        router.get("/api/pairings/:connection/qr.svg").handler(this::qr);
    }

    private static void file(Router router, String path, String name, String type) {
        Buffer content = read(name);
        router.get(path).handler(context -> context.response().putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader("Content-Security-Policy", POLICY).putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer").putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .end(content));
    }

    private static Buffer read(String name) {
        try (InputStream in = Objects.requireNonNull(PageRoutes.class.getResourceAsStream("page/" + name), name)) {
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The QR that a connection shows now. */
    private void qr(RoutingContext context) {
        String connection = Requests.inPath(context, "connection");
        String text = loop.ask((whatsApp, _) -> whatsApp.people().pairings()).stream()
                .filter(p -> Long.toString(p.connection()).equals(connection)).map(PairingView::qr)
                .filter(Objects::nonNull).findFirst()
                .orElseThrow(() -> new Problem(404, "unknown", "connection", "shows no QR now"));
        context.response().putHeader(HttpHeaders.CONTENT_TYPE, "image/svg+xml")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store").end(QrDrawing.svg(text));
    }
}
