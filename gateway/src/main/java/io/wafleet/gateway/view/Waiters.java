package io.wafleet.gateway.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Requests that wait for a record with their key. Bounded, so that an owner that answers nothing cannot fill the memory.
 * Thread-safe; time enters as nanoseconds; answers complete on the thread that brings them.
 *
 * @param <K> what is waited for
 * @param <V> what comes
 */
public final class Waiters<K, V> {
    private record Waiting<V>(long deadlineNanos, CompletableFuture<Optional<V>> answer) {}

    private final int max;
    private final Map<K, List<Waiting<V>>> waiting = new HashMap<>();
    private int count;

    /**
     * @param max how many may wait at a time
     */
    public Waiters(int max) {
        this.max = max;
    }

    /**
     * Waits from now on.
     *
     * @return completes with what came, or with empty at the deadline; empty itself when too many wait already
     */
    public synchronized Optional<CompletableFuture<Optional<V>>> await(K key, long deadlineNanos) {
        if (count >= max) {
            return Optional.empty();
        }
        count++;
        CompletableFuture<Optional<V>> answer = new CompletableFuture<>();
        waiting.computeIfAbsent(key, k -> new ArrayList<>()).add(new Waiting<>(deadlineNanos, answer));
        return Optional.of(answer);
    }

    /** Answers everybody who waits for the key. */
    public void offer(K key, V value) {
        List<Waiting<V>> answered;
        synchronized (this) {
            answered = waiting.remove(key);
            if (answered == null) {
                return;
            }
            count -= answered.size();
        }
        answered.forEach(w -> w.answer.complete(Optional.of(value)));
    }

    /** Lets go everybody whose deadline is over. */
    public void expire(long nowNanos) {
        takeExpired(nowNanos).forEach(w -> w.answer.complete(Optional.empty()));
    }

    private synchronized List<Waiting<V>> takeExpired(long nowNanos) {
        List<Waiting<V>> expired = new ArrayList<>();
        for (Iterator<List<Waiting<V>>> lists = waiting.values().iterator(); lists.hasNext();) {
            List<Waiting<V>> list = lists.next();
            list.removeIf(w -> nowNanos - w.deadlineNanos >= 0 && expired.add(w));
            if (list.isEmpty()) {
                lists.remove();
            }
        }
        count -= expired.size();
        return expired;
    }

    /** How many wait now. */
    public synchronized int size() {
        return count;
    }
}
