package io.wafleet.worker.simulation;

import io.wafleet.contract.Topic;
import io.wafleet.contract.TransactionalId;
import io.wafleet.worker.log.Entry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One partition of one topic: records of open, committed and aborted transactions, and the last stable offset below them. */
final class PartitionLog {
    /** A tombstone stays long enough for every reader that began before it. */
    private static final long TOMBSTONE_STAYS = 5_000_000_000L;

    private final Topic topic;
    private final int partition;
    private final List<Stored> records = new ArrayList<>();
    private final Map<TransactionalId, Long> claimed = new HashMap<>();
    private long end;

    PartitionLog(Topic topic, int partition) {
        this.topic = topic;
        this.partition = partition;
    }

    Topic topic() {
        return topic;
    }

    int partition() {
        return partition;
    }

    /** Where the next record will stand. */
    long end() {
        return end;
    }

    /** Nothing at or above this is told to readers of what is committed. */
    long lastStable() {
        for (Stored record : records) {
            if (record.state == Stored.State.OPEN) {
                return record.offset;
            }
        }
        return end;
    }

    /** A record outside of transactions. */
    void append(byte @Nullable [] key, byte @Nullable [] value, long now) {
        records.add(new Stored(end++, now, null, key, value, Stored.State.COMMITTED));
    }

    /** Records of an open transaction. */
    List<Stored> append(TransactionalId writer, List<Entry> entries, long now) {
        List<Stored> added = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            Stored record = new Stored(end++, now, writer, entry.key(), entry.value(), Stored.State.OPEN);
            if (record.value != null && record.keyText().startsWith("owner/")) {
                claimed.putIfAbsent(writer, now);
            }
            added.add(record);
        }
        records.addAll(added);
        return added;
    }

    /** When a producer first wrote a claim here, whatever became of that; after all time when never. */
    long claimedAt(TransactionalId writer) {
        return claimed.getOrDefault(writer, Long.MAX_VALUE);
    }

    /** The end of a transaction, which takes an offset of its own. */
    void marker() {
        end++;
    }

    /** Records from an offset on, up to another; those that were compacted away are missing. */
    List<Stored> read(long from, long below, int most) {
        List<Stored> found = new ArrayList<>();
        for (int i = indexOf(from); i < records.size() && found.size() < most; i++) {
            Stored record = records.get(i);
            if (record.offset >= below) {
                break;
            }
            found.add(record);
        }
        return found;
    }

    private int indexOf(long offset) {
        int low = 0;
        int high = records.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (records.get(middle).offset < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Keeps of what is stable and below the offset only the newest of each key, and no old tombstone. */
    void compact(long below, long now) {
        long limit = Math.min(below, lastStable());
        Map<ByteBuffer, Stored> newest = new HashMap<>();
        for (Stored record : records) {
            if (record.offset < limit && record.state == Stored.State.COMMITTED && record.key != null) {
                newest.put(ByteBuffer.wrap(record.key), record);
            }
        }
        records.removeIf(record -> record.offset < limit && (record.state == Stored.State.ABORTED || record.key == null
                || newest.get(ByteBuffer.wrap(record.key)) != record
                || record.value == null && now - record.at > TOMBSTONE_STAYS));
    }

    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
