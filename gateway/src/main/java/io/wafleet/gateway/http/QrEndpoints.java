package io.wafleet.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.gateway.desk.Clocks;
import io.wafleet.gateway.view.AccountStanding;
import io.wafleet.gateway.view.Fleet;
import java.util.List;
import java.util.Map;

/** Shows QR codes, drawn on worker threads. */
final class QrEndpoints {
    private final EventLoop loop;
    private final Fleet fleet;
    private final QrCodes codes;
    private final Clocks clocks;

    QrEndpoints(EventLoop loop, Fleet fleet, QrCodes codes, Clocks clocks) {
        this.loop = loop;
        this.fleet = fleet;
        this.codes = codes;
        this.clocks = clocks;
    }

    Map<String, Endpoint> endpoints() {
        return Map.of("showQr", this::one, "showAllQrs", this::all);
    }

    private Future<Answer> one(RoutingContext context) {
        AccountStanding standing = fleet.find(GivenIds.account(context), clocks.now(), clocks.nanos())
                .orElseThrow(Problem::unknownAccount);
        QrFormat format = QrFormat.accepted(context.parsedHeaders().accept());
        return loop.aside(() -> shown(standing, format)).map(a -> a.with("Vary", "Accept"));
    }

    private Answer shown(AccountStanding standing, QrFormat format) {
        AccountStatusRecord.Qr qr = standing.qr();
        return switch (format) {
            case HTML -> Answer.page(QrPage.one(standing, qr == null ? null : codes.draw(qr.text()).svg()));
            case PNG -> Answer.of("image/png", codes.draw(required(standing).text()).png());
            case SVG -> Answer.of("image/svg+xml",
                    Buffer.buffer(codes.draw(required(standing).text()).svg()));
            case JSON -> Answer.success("accountId", standing.record().account().value(), "status",
                    standing.status().wire(), "qr", qr == null ? null : qr.text(), "expiresAt",
                    qr == null ? null : qr.expiresAt(), "windowEndsAt", qr == null ? null : qr.windowEndsAt());
        };
    }

    private static AccountStatusRecord.Qr required(AccountStanding standing) {
        AccountStatusRecord.Qr qr = standing.qr();
        if (qr == null) {
            throw Problem.of(404, "qr_not_ready", "No QR code stands for this account now").with("status",
                    standing.status().wire());
        }
        return qr;
    }

    private Future<Answer> all(RoutingContext context) {
        return loop.aside(() -> {
            List<AccountStanding> showing = fleet.listed(clocks.now(), clocks.nanos()).stream()
                    .filter(s -> s.qr() != null).toList();
            return Answer.page(QrPage.all(showing, s -> codes.draw(required(s).text()).svg()));
        });
    }
}
