package io.wafleet.worker.simulation;

import io.wafleet.contract.Epoch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What was committed to one log under which claim: nothing of a former owner after a newer claim, nothing that a claim missed. */
final class ClaimHistory {
    /**
     * A claim.
     *
     * @param restored up to where the claimant had read
     */
    record Claim(Epoch epoch, long offset, long restored) {}

    private final String log;
    private final Consumer<String> broken;
    private final List<Claim> claims = new ArrayList<>();
    /** Where the last record under each epoch stands. */
    private final Map<Epoch, Long> last = new HashMap<>();
    private Epoch newest = Epoch.NONE;
    private long position;

    ClaimHistory(String log, Consumer<String> broken) {
        this.log = log;
        this.broken = broken;
    }

    /** Of the next command to read. */
    long position() {
        return position;
    }

    Epoch newest() {
        return newest;
    }

    /**
     * A transaction's journal records.
     *
     * @param restored up to where their writer had read, if this is a claim
     */
    @Nullable
    Claim journal(List<Stored> records, long restored) {
        Epoch epoch = Epoch.NONE;
        boolean isClaim = false;
        for (Stored record : records) {
            String key = record.keyText();
            if (key.equals("partition")) {
                if (record.epoch().isOlderThan(epoch)) {
                    broken.accept(log + " goes back from " + epoch + " to " + record.epoch() + " within a transaction");
                }
                epoch = record.epoch();
                position(record.number("position"));
            } else if (key.startsWith("owner/") && record.value != null) {
                isClaim = true;
            }
        }
        return take(epoch, records.getFirst().offset, records.getLast().offset, isClaim ? restored : -1);
    }

    private void position(long next) {
        if (next < position) {
            broken.accept(log + " goes back from position " + position + " to " + next);
        }
        position = next;
    }

    /** A transaction's events. */
    void events(List<Stored> records) {
        for (Stored record : records) {
            take(record.epoch(), record.offset, record.offset,
                    record.word("type").equals("partition-claimed") ? Long.MAX_VALUE : -1);
        }
    }

    private @Nullable Claim take(Epoch epoch, long first, long end, long restored) {
        for (Claim claim : claims) {
            if (epoch.isOlderThan(claim.epoch())) {
                if (end > claim.offset()) {
                    broken.accept(log + ": a record under " + epoch + " stands at " + end + " after the claim "
                            + claim.epoch() + " at " + claim.offset());
                } else if (end >= claim.restored()) {
                    broken.accept(
                            log + ": a record under " + epoch + " at " + end + " was missed by the claim " + claim);
                }
            } else if (claim.offset() > first) {
                broken.accept(log + ": " + epoch + " at " + first + " stands before " + claim);
            }
        }
        if (restored >= 0) {
            return claim(epoch, first, restored);
        }
        last.merge(epoch, end, Math::max);
        if (!epoch.equals(newest) && !epoch.isOlderThan(newest)) {
            broken.accept(log + ": a record at " + end + " under " + epoch + ", which nobody has claimed");
        }
        return null;
    }

    private Claim claim(Epoch epoch, long offset, long restored) {
        Claim claim = new Claim(epoch, offset, restored);
        if (!newest.isOlderThan(epoch)) {
            broken.accept(log + ": claim " + epoch + " follows " + newest);
        }
        last.forEach((older, at) -> {
            if (at >= restored && at < offset) {
                broken.accept(log + ": a record under " + older + " at " + at + " was missed by the claim " + claim);
            }
        });
        newest = epoch;
        claims.add(claim);
        last.merge(epoch, offset, Math::max);
        return claim;
    }
}
