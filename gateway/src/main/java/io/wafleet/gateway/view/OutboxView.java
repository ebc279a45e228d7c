package io.wafleet.gateway.view;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.MessageStatusRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Messages that people may still do something about: those that wait, and those that failed and can be tried again. Listed by
 * account, then by acceptance. Of each it keeps its status, some 1 to 4 KB, and of no more than it may; beyond that it says that
 * it lists too few. Thread-safe.
 */
public final class OutboxView {
    /** Which messages. */
    public enum Kind {
        /** Queued or dispatched. */
        WAITING,
        /** Failed, neither discarded nor too long ago. */
        FAILED
    }

    /** Where a message stands in a list; it never changes. */
    public record Place(AccountId account, Instant acceptedAt, MessageId message) implements Comparable<Place> {
        private static final Comparator<Place> ORDER = Comparator.comparing(Place::account)
                .thenComparing(Place::acceptedAt).thenComparing(Place::message);

        static Place of(MessageStatusRecord status) {
            return new Place(status.account(), status.acceptedAt(), status.message());
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * Part of a list.
     *
     * @param more whether others follow
     */
    public record Page(List<MessageStatusRecord> messages, boolean more) {}

    private final int max;
    private final NavigableMap<Place, MessageStatusRecord> waiting = new TreeMap<>();
    private final NavigableMap<Place, MessageStatusRecord> failed = new TreeMap<>();
    private final Map<MessageId, Place> places = new HashMap<>();
    private boolean overflowed;

    /**
     * @param max how many are kept at most
     */
    public OutboxView(int max) {
        this.max = max;
    }

    /** The newest that is known of a message. */
    public synchronized void apply(MessageStatusRecord status) {
        Place place = Place.of(status);
        boolean isFailed = status.status() == MessageStatus.FAILED && status.retryUntil() != null;
        boolean isWaiting = !status.status().isFinal();
        if (!isWaiting) {
            waiting.remove(place);
        }
        if (!isFailed) {
            failed.remove(place);
        }
        if (isFailed && hasRoom(failed, place)) {
            failed.put(place, status);
        } else if (isWaiting && hasRoom(waiting, place)) {
            waiting.put(place, status);
        }
        if (waiting.containsKey(place) || failed.containsKey(place)) {
            places.put(status.message(), place);
        } else {
            places.remove(status.message());
        }
    }

    /** One that is listed. */
    public synchronized Optional<MessageStatusRecord> find(MessageId message) {
        Place place = places.get(message);
        return place == null
                ? Optional.empty()
                : Optional.ofNullable(waiting.get(place)).or(() -> Optional.ofNullable(failed.get(place)));
    }

    /** Whether no message was left out for want of room. */
    public synchronized boolean isComplete() {
        return !overflowed;
    }

    /**
     * A part of a list.
     *
     * @param account whose messages; null: everybody's
     * @param after where the part before ended; null: from the beginning
     * @param now those that can be tried again until then only are gone
     */
    public synchronized Page page(Kind kind, @Nullable AccountId account, @Nullable Place after, int limit,
            Instant now) {
        NavigableMap<Place, MessageStatusRecord> list = kind == Kind.WAITING ? waiting : failed;
        if (kind == Kind.FAILED) {
            failed.values().removeIf(s -> {
                boolean isOver = Optional.ofNullable(s.retryUntil()).filter(now::isBefore).isEmpty();
                if (isOver) {
                    places.remove(s.message());
                }
                return isOver;
            });
        }
        List<MessageStatusRecord> found = new ArrayList<>();
        for (MessageStatusRecord status : from(list, account, after).values()) {
            if (account != null && !status.account().equals(account)) {
                break;
            }
            if (found.size() == limit) {
                return new Page(found, true);
            }
            found.add(status);
        }
        return new Page(found, false);
    }

    private static NavigableMap<Place, MessageStatusRecord> from(NavigableMap<Place, MessageStatusRecord> list,
            @Nullable AccountId account, @Nullable Place after) {
        if (after != null) {
            return list.tailMap(after, false);
        }
        return account == null ? list : list.tailMap(new Place(account, Instant.MIN, new MessageId("0")), true);
    }

    private boolean hasRoom(NavigableMap<Place, MessageStatusRecord> list, Place place) {
        if (waiting.size() + failed.size() < max || list.containsKey(place)) {
            return true;
        }
        overflowed = true;
        return false;
    }
}
