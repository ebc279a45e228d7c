package io.wafleet.gateway.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.Command;
import io.wafleet.gateway.desk.AccountDesk;
import io.wafleet.gateway.desk.Clocks;
import io.wafleet.gateway.request.CommandAnswer;
import io.wafleet.gateway.view.AccountStanding;
import io.wafleet.gateway.view.Awaited;
import io.wafleet.gateway.view.Fleet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Lets every account that reconnects by itself try at once, such as after an outage of WhatsApp. What waits for a person (terminal,
 * disconnected, in conflict) is left alone: that takes an order for each of them. The workers' limiters still pace the attempts.
 */
final class ReconnectAllEndpoint {
    private final EventLoop loop;
    private final Fleet fleet;
    private final AccountDesk desk;
    private final Clocks clocks;

    ReconnectAllEndpoint(EventLoop loop, Fleet fleet, AccountDesk desk, Clocks clocks) {
        this.loop = loop;
        this.fleet = fleet;
        this.desk = desk;
        this.clocks = clocks;
    }

    Map<String, Endpoint> endpoints() {
        return Map.of("reconnectAll", this::reconnectAll);
    }

    private Future<Answer> reconnectAll(RoutingContext context) {
        Map<Awaited.What, Integer> waiting = new EnumMap<>(Awaited.What.class);
        List<Future<CommandAnswer>> ordered = new ArrayList<>();
        for (AccountStanding standing : fleet.listed(clocks.now(), clocks.nanos())) {
            standing.awaited().ifPresent(awaited -> {
                if (awaited.what() == Awaited.What.NEXT_ATTEMPT) {
                    ordered.add(order(standing.record().account()));
                } else {
                    waiting.merge(awaited.what(), 1, Integer::sum);
                }
            });
        }
        return Future.join(ordered).map(_ -> {
            long applied = ordered.stream().filter(f -> f.result() instanceof CommandAnswer.Applied).count();
            return Answer.success("message", "Reconnect started", "reconnecting", applied, "notReconnecting",
                    ordered.size() - applied, "underWay",
                    waiting.getOrDefault(Awaited.What.CONNECTION, 0) + waiting.getOrDefault(Awaited.What.PAIRING, 0),
                    "waitingForOwner", waiting.getOrDefault(Awaited.What.OWNER, 0), "waitingForPerson",
                    waiting.getOrDefault(Awaited.What.PERSON, 0));
        });
    }

    private Future<CommandAnswer> order(AccountId account) {
        return loop.resume(desk.run(account,
                s -> new Command.ReconnectAccount(s.id(), account, s.issuedAt(), s.epoch())));
    }
}
