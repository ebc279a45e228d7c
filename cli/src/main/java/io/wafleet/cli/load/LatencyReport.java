package io.wafleet.cli.load;

import io.wafleet.cli.fleet.Report;
import java.util.List;

/**
 * The result as it is written as JSON.
 *
 * @param bench always {@code latency}
 */
public record LatencyReport(String bench, int accounts, int workers, int partitions,
        List<Rate> rates) implements Report {

    /**
     * What was seen at a rate; times in ms from the moment in which the request was due.
     *
     * @param acceptToReceivedMs until the simulated WhatsApp had the message
     * @param acceptToStatusMs until the changelog's readers saw that it was sent
     * @param floorMs a bare record at the same rate, produced and consumed
     * @param ratioP50 accept to received, to the floor
     * @param refused requests that were not accepted
     * @param lost accepted, but never received
     * @param duplicates shown to their recipients twice
     * @param resent attempts under an id that the simulated WhatsApp had before: nobody sees them
     * @param notVisible received, but the changelog's readers never saw that it was sent
     */
    record Rate(int ratePerSecond, int messages, Quantiles acceptToReceivedMs, Quantiles acceptToStatusMs,
            Quantiles floorMs, double ratioP50, long refused, long lost, long duplicates,
            long resent, long notVisible) {}

    /** Whether every message was accepted, shown once, and told to be sent. */
    @Override
    public boolean isSound() {
        return rates.stream().allMatch(r -> r.refused() == 0 && r.lost() == 0 && r.duplicates() == 0
                && r.notVisible() == 0);
    }
}
