package io.wafleet.cli.load;

import io.wafleet.cli.fleet.Report;
import java.util.List;

/**
 * The result as it is written as JSON.
 *
 * @param bench always {@code throughput}
 * @param backlogMax the most messages that were accepted and not yet sent at a time
 * @param floorPerSecond records that a bare transactional read-process-write moves, alone on the same broker
 * @param ratio sent to floor
 * @param repeated requests that were not answered in time, and made again under their key
 * @param refused given up by their client
 * @param duplicates shown to their recipients twice
 * @param resent attempts under an id that the simulated WhatsApp had before: nobody sees them
 * @param processes where the processor time went while messages were accepted
 */
public record ThroughputReport(String bench, int accounts, int workers, int partitions, double acceptedPerSecond,
        double sentPerSecond,
        long backlogMax, double floorPerSecond, double ratio, long repeated, long refused, long lost, long duplicates,
        long resent,
        List<ProcessShare> processes) implements Report {

    /**
     * A process's part.
     *
     * @param cores processor time to time
     * @param microsPerMessage processor time for each message sent
     */
    record ProcessShare(String process, double cores, double microsPerMessage) {}

    /** Whether messages were sent, none was given up, and every accepted one was shown once. */
    @Override
    public boolean isSound() {
        return sentPerSecond > 0 && refused == 0 && lost == 0 && duplicates == 0;
    }
}
