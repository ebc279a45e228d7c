package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.Map;

/**
 * A worker's sign of life, every quarter of its lease. Only its arrival counts, never its time: clocks differ.
 *
 * @param incarnation random, new at each start
 * @param sequence grows with each heartbeat of an incarnation
 * @param partitions those it is ACTIVE for, with their epochs
 * @param leaseMs how long, after its arrival, it may still be trusted
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonTypeName("worker-heartbeat")
public record WorkerHeartbeat(WorkerId worker, String incarnation, String version, long sequence,
        Map<Integer, Epoch> partitions, int accounts, int connected, long leaseMs, Instant startedAt, Instant at)
        implements
            Versioned {
    public WorkerHeartbeat {
        partitions = Map.copyOf(partitions);
    }
}
