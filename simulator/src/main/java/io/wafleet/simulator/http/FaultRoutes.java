package io.wafleet.simulator.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.wafleet.simulator.loop.SimulatorLoop;
import io.wafleet.simulator.whatsapp.Fault;
import io.wafleet.simulator.whatsapp.Scope;
import java.util.Map;

/** {@code /api/faults}: what goes wrong on purpose. */
final class FaultRoutes {
    private final SimulatorLoop loop;

    FaultRoutes(SimulatorLoop loop) {
        this.loop = loop;
    }

    void mount(Router router) {
        router.post("/api/faults").handler(this::add);
        router.get("/api/faults").handler(this::list);
        router.delete("/api/faults").handler(this::liftAll);
        router.delete("/api/faults/:id").handler(this::lift);
    }

    private void add(RoutingContext context) {
        FaultOrder order = Requests.body(context, FaultOrder.class);
        Scope scope = order.scope();
        long times = order.times();
        double chance = order.chance();
        Answers.json(context, switch (order.fault()) {
            case Fault.Once once -> Map.of("kind", order.kind(), "struck",
                    loop.ask((whatsApp, at) -> whatsApp.trouble().strike(at, once, scope)));
            case Fault.Standing standing -> FaultOrder
                    .of(loop.ask((whatsApp, _) -> whatsApp.trouble().add(standing, scope, times, chance)));
        });
    }

    private void list(RoutingContext context) {
        Answers.json(context, Map.of("faults",
                loop.ask((whatsApp, _) -> whatsApp.trouble().standing()).stream().map(FaultOrder::of).toList()));
    }

    private void lift(RoutingContext context) {
        String id = Requests.inPath(context, "id");
        if (!loop.ask((whatsApp, _) -> whatsApp.trouble().lift(id))) {
            throw new Problem(404, "unknown", "id", "no fault of this id stands");
        }
        Answers.json(context, Map.of("lifted", 1));
    }

    private void liftAll(RoutingContext context) {
        Answers.json(context, Map.of("lifted", loop.ask((whatsApp, _) -> whatsApp.trouble().liftAll())));
    }
}
