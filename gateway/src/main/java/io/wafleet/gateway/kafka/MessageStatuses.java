package io.wafleet.gateway.kafka;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.gateway.desk.MessageDesk;
import java.util.Optional;

/**
 * The latest status of the messages most lately heard of, as many as fit. Two readers fill it, one from the topic's beginning and
 * one from its end, so the higher offset wins. Thread-safe.
 */
public final class MessageStatuses implements MessageDesk.Statuses {
    private static final long BEFORE_ALL = -1;

    private record Told(MessageStatusRecord record, long offset) {}

    private final Cache<MessageId, Told> latest;

    /**
     * @param max messages kept
     */
    public MessageStatuses(int max) {
        this.latest = Caffeine.newBuilder().maximumSize(max).build();
    }

    /** Until the outbox tells more. */
    @Override
    public void accepted(MessageStatusRecord record) {
        put(record, BEFORE_ALL);
    }

    void put(MessageStatusRecord record, long offset) {
        latest.asMap().merge(record.message(), new Told(record, offset),
                (known, told) -> told.offset >= known.offset ? told : known);
    }

    @Override
    public Optional<MessageStatusRecord> find(MessageId message) {
        return Optional.ofNullable(latest.getIfPresent(message)).map(Told::record);
    }
}
