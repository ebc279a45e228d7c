package io.wafleet.outbox.core;

import io.wafleet.contract.Epoch;
import java.time.Instant;

/**
 * Who owns the partition.
 *
 * @param epoch of the newest claim; {@link Epoch#NONE} before the first
 * @param owner what is known of that claim's worker
 * @param since when {@code owner} became so
 */
public record PartitionRow(Epoch epoch, Owner owner, Instant since) {
    static final Key KEY = Key.FIRST.with("partition");
    static final PartitionRow UNCLAIMED = new PartitionRow(Epoch.NONE, Owner.RELEASED, Instant.EPOCH);

    /** What is known of the owner. */
    public enum Owner {
        /** It claimed, and nothing speaks against its being alive. */
        PRESENT("connected"),
        /** It gave the partition up in order. */
        RELEASED("handover"),
        /** It said nothing for longer than its lease. */
        SILENT("owner_lost");

        private final String reason;

        Owner(String reason) {
            this.reason = reason;
        }

        /** Why the partition's accounts are not connected, as {@code account-status} says it. */
        String reason() {
            return reason;
        }
    }

    PartitionRow with(Owner next, Instant at) {
        return new PartitionRow(epoch, next, at);
    }
}
