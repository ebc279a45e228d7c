package io.wafleet.cli.load;

import io.wafleet.cli.fleet.Report;
import java.util.Map;

/**
 * The result as it is written as JSON.
 *
 * @param bench always {@code scale}
 * @param connected accounts that were connected, before the workers' restart and after it
 * @param linkedPerSecond accounts added, scanned and connected, one person after the other, four at once
 * @param connectsPerSecond accounts that log in a second when all workers start anew and no limiter holds them back
 * @param roles by the process's role; several workers count together
 */
public record ScaleReport(String bench, int accounts, int workers, long connected, double linkedPerSecond,
        double connectsPerSecond, Map<String, Role> roles) implements Report {

    /**
     * What a role costs.
     *
     * @param rssMb memory held with all accounts connected, after a garbage collection
     * @param kbPerAccount of it, what came with the accounts
     * @param idleCpuPercent of one core, while nothing happens
     */
    record Role(long rssMb, double kbPerAccount, double idleCpuPercent) {}

    /** Whether all accounts were connected. */
    @Override
    public boolean isSound() {
        return connected == accounts;
    }
}
