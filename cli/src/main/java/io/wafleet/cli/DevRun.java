package io.wafleet.cli;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.wafleet.health.Health;
import io.wafleet.settings.Settings;

/** Starts {@code wafleet dev}. */
final class DevRun {
    private DevRun() {}

    static RoleCommand.Started start(Settings settings, PrometheusMeterRegistry metrics, Health health) {
        DevSettings dev = RoleCommand.read(settings, DevSettings::from);
        DevFleet fleet = DevFleet.start(settings, dev, metrics, health);
        return new RoleCommand.Started(fleet, fleet.addresses());
    }
}
