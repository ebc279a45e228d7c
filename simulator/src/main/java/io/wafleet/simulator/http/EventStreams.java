package io.wafleet.simulator.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.simulator.loop.Audience;
import io.wafleet.simulator.whatsapp.Sight;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/events}: tells pages what changed, as server-sent events. Says only that something changed, the page then asks
 * for it; so a burst of changes is one event. On the event loop; without a page it does nothing.
 */
public final class EventStreams implements Audience {
    private static final long GATHER_MS = 80;
    private static final long HEARTBEAT_MS = 15_000;
    private static final int MAX_PAGES = 200;

    private final Vertx vertx;
    private final Map<HttpServerResponse, Page> pages = new LinkedHashMap<>();

    /** Who looks, at which phone, and what it has not been told yet. */
    private record Page(@Nullable PhoneNumber phone, Set<Sight> untold) {
        boolean wants(Sight sight) {
            return switch (sight) {
                case Sight.PairingsChanged _ -> true;
                case Sight.PhoneChanged changed -> phone == null || phone.equals(changed.phone());
                case Sight.ChatChanged changed -> phone != null && phone.equals(changed.phone());
            };
        }
    }

    public EventStreams(Vertx vertx) {
        this.vertx = vertx;
    }

    void open(RoutingContext context) {
        if (pages.size() >= MAX_PAGES) {
            throw new Problem(503, "too_many", null, "too many pages are open");
        }
        PhoneNumber phone = Requests.optionalPhone(context);
        HttpServerResponse response = context.response().setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        pages.put(response, new Page(phone, new LinkedHashSet<>()));
        long heartbeat = vertx.setPeriodic(HEARTBEAT_MS, _ -> response.write(": still here\n\n"));
        response.closeHandler(_ -> {
            vertx.cancelTimer(heartbeat);
            pages.remove(response);
        });
        response.write("retry: 1000\n\n");
    }

    @Override
    public void see(Sight sight) {
        pages.forEach((response, page) -> {
            if (page.wants(sight) && page.untold().add(sight) && page.untold().size() == 1) {
                vertx.setTimer(GATHER_MS, _ -> tell(response, page));
            }
        });
    }

    private void tell(HttpServerResponse response, Page page) {
        StringBuilder events = new StringBuilder();
        page.untold().forEach(sight -> events.append("data: ").append(JsonCodec.text(sight)).append("\n\n"));
        page.untold().clear();
        if (!response.closed() && !response.writeQueueFull()) {
            response.write(events.toString());
        }
    }
}
