package io.wafleet.gateway.http;

import io.vertx.ext.web.RoutingContext;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.gateway.desk.Clocks;
import io.wafleet.gateway.view.AccountView;
import io.wafleet.gateway.view.Fleet;
import io.wafleet.gateway.view.OutboxView;
import io.wafleet.gateway.view.OutboxView.Kind;
import io.wafleet.gateway.view.OutboxView.Place;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Lists messages that wait, and those that failed and can be tried again; page by page. */
final class MessageListEndpoints {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    private final Fleet fleet;
    private final BooleanSupplier isHistoryRead;
    private final Clocks clocks;

    /**
     * @param isHistoryRead whether the statuses of older messages are known yet
     */
    MessageListEndpoints(Fleet fleet, BooleanSupplier isHistoryRead, Clocks clocks) {
        this.fleet = fleet;
        this.isHistoryRead = isHistoryRead;
        this.clocks = clocks;
    }

    Map<String, Endpoint> endpoints() {
        return Map.of("listFailedMessages", Endpoint.now(c -> page(c, Kind.FAILED, asked(c))), "listQueuedMessages",
                Endpoint.now(c -> page(c, Kind.WAITING, known(GivenIds.account(c)))));
    }

    private @Nullable AccountId asked(RoutingContext context) {
        String account = Endpoint.query(context, "accountId");
        return account == null ? null : GivenIds.account("accountId", account);
    }

    private AccountId known(AccountId account) {
        return fleet.accounts().find(account).filter(AccountView::isListed).orElseThrow(Problem::unknownAccount)
                .account();
    }

    private Answer page(RoutingContext context, Kind kind, @Nullable AccountId account) {
        int limit = Paging.limit(Endpoint.query(context, "limit"), DEFAULT_LIMIT, MAX_LIMIT);
        String after = Endpoint.query(context, "after");
        OutboxView.Page page = fleet.outbox().page(kind, account, after == null ? null : place(after),
                limit, clocks.now());
        return Answer.success("messages", page.messages().stream().map(MessageJson::summary).toList(), "next",
                page.more() ? cursor(page.messages().getLast()) : null, "allListed",
                isHistoryRead.getAsBoolean() && fleet.outbox().isComplete());
    }

    private static String cursor(MessageStatusRecord last) {
        String place = last.account().value() + "|" + last.acceptedAt() + "|" + last.message().value();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    private static Place place(String cursor) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\\|", -1);
            if (parts.length == 3) {
                return new Place(new AccountId(parts[0]), Instant.parse(parts[1]), new MessageId(parts[2]));
            }
        } catch (IllegalArgumentException | DateTimeParseException _) {
            // As below.
        }
        throw Problem.invalid("after: must be the next of an earlier answer");
    }
}
