package io.wafleet.simulator.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.wafleet.contract.JsonCodec;
import io.wafleet.simulator.ledger.LedgerMessage;
import io.wafleet.simulator.ledger.LedgerPage;
import io.wafleet.simulator.loop.SimulatorLoop;

/** Writes all messages of the ledger, one JSON object a line, page by page, so that no client waits for it. */
final class LedgerStream implements Handler<RoutingContext> {
    private static final int LINES_AT_ONCE = 500;

    private final SimulatorLoop loop;

    LedgerStream(SimulatorLoop loop) {
        this.loop = loop;
    }

    @Override
    public void handle(RoutingContext context) {
        long since = Requests.number(context, "since", 0, 0, Long.MAX_VALUE);
        HttpServerResponse response = context.response();
        response.setChunked(true).putHeader(HttpHeaders.CONTENT_TYPE, "application/x-ndjson");
        writeAfter(context, since);
    }

    private void writeAfter(RoutingContext context, long since) {
        HttpServerResponse response = context.response();
        if (response.closed()) {
            return;
        }
        LedgerPage<LedgerMessage> page = loop
                .ask((whatsApp, _) -> whatsApp.ledger().messages().after(since, LINES_AT_ONCE, _ -> true));
        Buffer lines = Buffer.buffer();
        page.items().forEach(message -> lines.appendBytes(JsonCodec.encode(message)).appendString("\n"));
        if (page.more()) {
            response.write(lines).onSuccess(_ -> writeAfter(context, page.next()));
        } else {
            response.end(lines);
        }
    }
}
