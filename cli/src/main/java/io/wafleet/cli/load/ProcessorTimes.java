package io.wafleet.cli.load;

import io.wafleet.cli.fleet.FleetProcess;
import io.wafleet.cli.fleet.ProcessFleet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The processor time of each process of a fleet, and of this one, since a moment. */
final class ProcessorTimes {
    private static final String OURSELVES = "bench client";

    private final ProcessFleet fleet;
    private final long begun = System.nanoTime();
    private final Map<String, Duration> before;

    ProcessorTimes(ProcessFleet fleet) {
        this.fleet = fleet;
        this.before = now();
    }

    private Map<String, Duration> now() {
        Map<String, Duration> times = new LinkedHashMap<>();
        for (Map.Entry<String, FleetProcess> process : fleet.living().entrySet()) {
            times.put(process.getKey(), process.getValue().processorTime());
        }
        times.put(OURSELVES, ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO));
        return times;
    }

    /** How many cores each kept busy since. */
    Map<String, Double> cores() {
        double nanos = System.nanoTime() - begun;
        Map<String, Double> cores = new LinkedHashMap<>();
        now().forEach((name, time) -> cores.put(name,
                time.minus(before.getOrDefault(name, Duration.ZERO)).toNanos() / nanos));
        return cores;
    }

    /** The same, and for each message. */
    List<ThroughputReport.ProcessShare> shares(double messagesPerSecond) {
        List<ThroughputReport.ProcessShare> shares = new ArrayList<>();
        cores().forEach((name, cores) -> shares.add(new ThroughputReport.ProcessShare(name, Rounded.to2(cores),
                Rounded.to1(cores * 1e6 / Math.max(1, messagesPerSecond)))));
        return shares;
    }
}
