package io.wafleet.gateway.view;

import io.wafleet.contract.CommandId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the outbox was asked to decide and has not answered yet, by partition, also when nobody waits for it any more. A partition that is
 * behind with many is asked nothing more until it has caught up: what it could not decide in time would only be repeated, and each
 * repetition is one request more. Why: {@code docs/adr/0025-overload.md}. Thread-safe; time enters as
 * nanoseconds.
 */
public final class Undecided {
    /** So many on one partition are no load worth a refusal, however slow the outbox is. */
    private static final int FEW = 32;
    /** Who is not answered by then will not be: its record became a dead letter, or its reply was lost to a gateway that had just started. */
    private static final long FORGOTTEN_NANOS = Duration.ofMinutes(1).toNanos();

    private final long lateNanos;
    /** Each in the order asked, with when. */
    private final Map<Integer, LinkedHashMap<CommandId, Long>> asked = new HashMap<>();

    /**
     * @param late how long the oldest may have waited when one more is asked
     */
    public Undecided(Duration late) {
        this.lateNanos = late.toNanos();
    }

    /**
     * Counts a request that is about to be written.
     *
     * @return whether it may be
     */
    public synchronized boolean ask(int partition, CommandId id, long nowNanos) {
        LinkedHashMap<CommandId, Long> open = asked.computeIfAbsent(partition, _ -> new LinkedHashMap<>());
        Iterator<Long> oldest = open.values().iterator();
        while (oldest.hasNext()) {
            long waited = nowNanos - oldest.next();
            if (waited < FORGOTTEN_NANOS) {
                if (waited > lateNanos && open.size() >= FEW) {
                    return false;
                }
                break;
            }
            oldest.remove();
        }
        open.put(id, nowNanos);
        return true;
    }

    /** It was not written, or nobody knows. */
    public synchronized void withdraw(int partition, CommandId id) {
        LinkedHashMap<CommandId, Long> open = asked.get(partition);
        if (open != null) {
            open.remove(id);
        }
    }

    /** The outbox answered it. It goes through a partition in order, so whatever was asked before is done with, too. */
    public synchronized void answered(int partition, CommandId id) {
        LinkedHashMap<CommandId, Long> open = asked.get(partition);
        if (open != null && open.containsKey(id)) {
            Iterator<CommandId> ids = open.keySet().iterator();
            boolean reached = false;
            while (!reached) {
                reached = ids.next().equals(id);
                ids.remove();
            }
        }
    }
}
