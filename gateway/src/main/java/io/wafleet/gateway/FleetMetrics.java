package io.wafleet.gateway;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.wafleet.gateway.desk.Clocks;
import io.wafleet.gateway.view.Fleet;
import io.wafleet.gateway.view.Orphan;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;

/**
 * What waits for an owner, in figures. Not a number until the views have caught up: a gateway that has just started knows no owner,
 * which is no reason for an alarm.
 */
final class FleetMetrics {
    private final Fleet fleet;
    private final Clocks clocks;
    private final MeterRegistry metrics;

    FleetMetrics(Fleet fleet, Clocks clocks, MeterRegistry metrics) {
        this.fleet = fleet;
        this.clocks = clocks;
        this.metrics = metrics;
    }

    /**
     * @param isCaughtUp whether accounts and owners are known
     */
    void register(BooleanSupplier isCaughtUp) {
        gauge("wafleet.gateway.partitions.without.owner", "Partitions that no live worker owns", isCaughtUp,
                List::size);
        gauge("wafleet.gateway.accounts.without.owner", "Accounts that should be connected and have no live owner",
                isCaughtUp, orphans -> orphans.stream().mapToInt(Orphan::accounts).sum());
        BooleanSupplier isCounted = () -> isCaughtUp.getAsBoolean() && fleet.unsent().isComplete();
        gauge("wafleet.gateway.messages.waiting.without.owner",
                "Accepted messages that are not sent, dispatched ones among them, on partitions without live owner",
                isCounted, orphans -> orphans.stream().mapToInt(Orphan::messages).sum());
        gauge("wafleet.gateway.dispatches.without.owner",
                "Messages handed to an owner that is gone, without outcome", isCounted,
                orphans -> orphans.stream().mapToInt(Orphan::dispatched).sum());
    }

    private void gauge(String name, String description, BooleanSupplier isKnown, ToDoubleFunction<List<Orphan>> value) {
        Gauge.builder(name,
                () -> isKnown.getAsBoolean()
                        ? value.applyAsDouble(fleet.orphans(clocks.now(), clocks.nanos()))
                        : Double.NaN)
                .description(description).register(metrics);
    }
}
