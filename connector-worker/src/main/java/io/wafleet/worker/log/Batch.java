package io.wafleet.worker.log;

import io.wafleet.worker.ownership.Tenure;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What is written for one partition in one transaction, together with its position.
 *
 * @param tenure the stay that writes it; of another stay than the partition's door is open for, it is dropped
 * @param position offset of the next command to read, committed with it
 * @param done told once, on the writer's thread; must return at once
 */
public record Batch(int partition, Tenure tenure, Kind kind, List<Entry> entries, long position,
        Consumer<CommitResult> done) {
    /** What a batch is for; only writes of owners share a transaction with each other, and only takeover steps likewise. */
    public enum Kind {
        /** Asks the broker whether the partition is ours; writes nothing but the position. */
        PROOF,
        /** Claims the partition. */
        CLAIM,
        /** Written by the owner. */
        WRITE;

        /** What it is called in logs and metrics. */
        public String step() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it is a step of a takeover. */
        public boolean isTakeover() {
            return this != WRITE;
        }
    }

    /** What became of a batch. */
    public enum CommitResult {
        /** It is durable, whole. */
        COMMITTED,
        /** It was not written: the broker calls another the owner. */
        REFUSED,
        /** It was not written: the partition's door is shut for this stay. */
        DROPPED,
        /** The producer was given up while it was under way: it may have been written or not. */
        UNKNOWN
    }

    public Batch {
        entries = List.copyOf(entries);
    }

    /** Bytes of all entries. */
    public int size() {
        return entries.stream().mapToInt(Entry::size).sum();
    }
}
