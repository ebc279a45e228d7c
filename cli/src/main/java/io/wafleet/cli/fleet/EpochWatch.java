package io.wafleet.cli.fleet;

import io.wafleet.contract.Epoch;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds writes of former owners: in each partition of a topic, records under an epoch lower than one that stands before them. Pure;
 * one writer.
 */
public final class EpochWatch {
    private final Map<Place, Epoch> newest = new HashMap<>();
    private long formerOwnerWrites;

    private record Place(String topic, int partition) {}

    /** The next record of the partition, in the order of the log. */
    public void record(String topic, int partition, Epoch epoch) {
        Place place = new Place(topic, partition);
        Epoch before = newest.get(place);
        if (before != null && epoch.compareTo(before) < 0) {
            formerOwnerWrites++;
        } else {
            newest.put(place, epoch);
        }
    }

    public long formerOwnerWrites() {
        return formerOwnerWrites;
    }
}
