package io.wafleet.gateway.kafka;

import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.gateway.desk.MessageDesk;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The latest status of the messages most lately heard of, as many as fit; of others only those that somebody else still lists. Two readers
 * fill it, one from the topic's beginning and one from its end, so the higher offset wins, and what comes from the beginning goes first
 * when there is no more room: it is older than all that comes from the end. Thread-safe; nothing is done under its lock but a look or two.
 */
public final class MessageStatuses implements MessageDesk.Statuses {
    private static final long BEFORE_ALL = -1;

    private record Told(MessageStatusRecord record, long offset) {}

    private final int max;
    private final Function<MessageId, Optional<MessageStatusRecord>> listed;
    /** Each with the one first that was not heard of for longest. */
    private final Map<MessageId, Told> recent = new LinkedHashMap<>();
    private final Map<MessageId, Told> older = new LinkedHashMap<>();

    /**
     * @param max messages kept
     * @param listed finds those that must be found however long they were not heard of
     */
    public MessageStatuses(int max, Function<MessageId, Optional<MessageStatusRecord>> listed) {
        this.max = max;
        this.listed = listed;
    }

    /** Until the outbox tells more. */
    @Override
    public void accepted(MessageStatusRecord record) {
        put(record, BEFORE_ALL);
    }

    /** What is told now. */
    synchronized void put(MessageStatusRecord record, long offset) {
        Told told = new Told(record, offset);
        Told before = older.remove(record.message());
        // Out and in again: last in the map is who was heard of last.
        Told known = recent.remove(record.message());
        recent.put(record.message(), newer(newer(told, before), known));
        makeRoom();
    }

    /** What had been told before. */
    synchronized void recall(MessageStatusRecord record, long offset) {
        Told told = new Told(record, offset);
        if (recent.computeIfPresent(record.message(), (_, known) -> newer(told, known)) == null) {
            Told known = older.remove(record.message());
            older.put(record.message(), newer(told, known));
            makeRoom();
        }
    }

    private static Told newer(Told told, @Nullable Told known) {
        return known == null || told.offset >= known.offset ? told : known;
    }

    private void makeRoom() {
        if (recent.size() + older.size() > max) {
            Iterator<MessageId> first = (older.isEmpty() ? recent : older).keySet().iterator();
            first.next();
            first.remove();
        }
    }

    @Override
    public Optional<MessageStatusRecord> find(MessageId message) {
        return atHand(message).or(() -> listed.apply(message));
    }

    private synchronized Optional<MessageStatusRecord> atHand(MessageId message) {
        Told told = recent.get(message);
        return Optional.ofNullable(told == null ? older.get(message) : told).map(Told::record);
    }
}
