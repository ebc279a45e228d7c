package io.wafleet.conversations.projector;

import io.wafleet.conversations.Change;
import io.wafleet.conversations.ConversationStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** What was read and is not yet kept, in the order in which it was read. Used by one thread. */
final class Pending {
    private final Deque<Item> items = new ArrayDeque<>();

    void add(Item item) {
        items.addLast(item);
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    int size() {
        return items.size();
    }

    /** The next records whose changes fit one batch of a store; they stay here until {@link #kept}. */
    List<Item> next() {
        List<Item> batch = new ArrayList<>();
        int changes = 0;
        for (Item item : items) {
            changes += item.changes().size();
            if (changes > ConversationStore.MAX_BATCH) {
                break;
            }
            batch.add(item);
        }
        return batch;
    }

    /** So many of the next are kept. */
    void kept(int count) {
        for (int i = 0; i < count; i++) {
            items.removeFirst();
        }
    }

    /** No store will ever keep this change: its record goes to the dead letters in its turn, with what else it says kept. */
    void leaveOut(Change change, String why) {
        List<Item> all = new ArrayList<>(items);
        if (all.stream().noneMatch(item -> item.has(change))) {
            throw new IllegalStateException("the store refuses a change that it was not given");
        }
        items.clear();
        all.forEach(item -> items.addLast(item.has(change) ? item.without(change, why) : item));
    }

    /** Another process reads these from here on, and reads again what is not committed. */
    void forget(Collection<TopicPartition> partitions) {
        items.removeIf(item -> partitions.contains(item.partition()));
    }

    void clear() {
        items.clear();
    }

    /** When the oldest was written, in ms; the given one when there is none. */
    long oldestMs(long otherwise) {
        return items.stream().mapToLong(item -> item.record().timestamp()).min().orElse(otherwise);
    }
}
