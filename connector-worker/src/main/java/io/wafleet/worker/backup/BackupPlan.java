package io.wafleet.worker.backup;

import io.wafleet.contract.AccountId;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which copy is written next, and when. It holds one copy for each account at most, the newest. Times are nanoseconds of one monotonic
 * clock. Not thread-safe.
 *
 * <ol>
 *   <li>A copy is due an interval after the one before was written; the first one an interval after it was told, for a takeover
 *       makes many; an urgent one at once.
 *   <li>Written: the account rests for an interval. A newer copy that came meanwhile is due after that.
 *   <li>The store failed: nothing is tried for a pause, which doubles each time; the copy waits on, or a newer one in its place, and
 *       those that were due by then come first: one that always fails holds up no other.
 *   <li>Handed over: due at once, and forgotten when that fails: the next owner writes it.
 * </ol>
 */
public final class BackupPlan {
    private static final long MIN_PAUSE = Duration.ofSeconds(1).toNanos();
    private static final long MAX_PAUSE = Duration.ofMinutes(1).toNanos();
    private static final Comparator<Waiting> BY_DUE = (a, b) -> a.due == b.due
            ? a.account.value().compareTo(b.account.value())
            : Long.signum(a.due - b.due);

    private final long interval;
    private final Map<AccountId, Waiting> accounts = new HashMap<>();
    /** Those with a copy that is not under way. */
    private final TreeSet<Waiting> ready = new TreeSet<>(BY_DUE);
    private int failures;
    private long pausedUntil;

    /** What is planned for one account. */
    private static final class Waiting {
        private final AccountId account;
        private @Nullable Copy copy;
        private int partition;
        private long since;
        /** Changed only while it is not among those that are ready. */
        private long due;
        private long restsUntil;
        private @Nullable Copy underWay;
        private boolean isUrgent;
        private boolean isLast;

        Waiting(AccountId account, long restsUntil) {
            this.account = account;
            this.restsUntil = restsUntil;
        }
    }

    public BackupPlan(Duration interval) {
        this.interval = interval.toNanos();
    }

    /**
     * Takes a copy in; one that is older than what waits is passed over.
     *
     * @return whether it is now the first that is due
     */
    public boolean take(Copy copy, boolean urgent, long now) {
        Waiting waiting = accounts.computeIfAbsent(copy.account(), id -> new Waiting(id, now + interval));
        Copy before = waiting.copy;
        if (before != null && before.stamp().compareTo(copy.stamp()) > 0) {
            return false;
        }
        waiting.copy = copy;
        waiting.partition = copy.partition();
        waiting.isUrgent |= urgent;
        waiting.isLast = false;
        long due = urgent || now - waiting.restsUntil > 0 ? now : waiting.restsUntil;
        if (before == null) {
            waiting.since = now;
        } else if (due - waiting.due >= 0) {
            return false;
        }
        place(waiting, due);
        return waiting.underWay == null && ready.first() == waiting;
    }

    private void place(Waiting waiting, long due) {
        ready.remove(waiting);
        waiting.due = due;
        if (waiting.copy != null && waiting.underWay == null) {
            ready.add(waiting);
        }
    }

    /** The copy to write now, if any; its account is under way until {@link #written}, {@link #refused} or {@link #failed}. */
    public Optional<Copy> next(long now) {
        if (isPaused(now) || ready.isEmpty() || now - ready.first().due < 0) {
            return Optional.empty();
        }
        Waiting first = ready.removeFirst();
        first.underWay = first.copy;
        first.isUrgent = false;
        return Optional.ofNullable(first.copy);
    }

    /** Nanoseconds until a copy may be due; empty when none waits. */
    public OptionalLong untilDue(long now) {
        if (ready.isEmpty()) {
            return OptionalLong.empty();
        }
        long least = isPaused(now) ? pausedUntil - now : 0;
        return OptionalLong.of(Math.max(least, ready.first().due - now));
    }

    private boolean isPaused(long now) {
        return failures > 0 && now - pausedUntil < 0;
    }

    /** The copy is kept. */
    public void written(Copy copy, long now) {
        failures = 0;
        over(copy, now);
    }

    /** The copy will never be kept: there is a newer one, or it is too large. */
    public void refused(Copy copy, long now) {
        over(copy, now);
    }

    /** Whose attempt this was; null when the partition was lost meanwhile, also when it is owned again since. */
    private @Nullable Waiting ended(Copy copy) {
        Waiting waiting = accounts.get(copy.account());
        if (waiting == null || waiting.underWay == null || !waiting.underWay.stamp().equals(copy.stamp())) {
            return null;
        }
        waiting.underWay = null;
        return waiting;
    }

    private void over(Copy copy, long now) {
        Waiting waiting = ended(copy);
        if (waiting == null) {
            return;
        }
        waiting.restsUntil = now + interval;
        Copy newest = waiting.copy;
        if (newest == null || newest.stamp().equals(copy.stamp())) {
            waiting.copy = null;
            if (waiting.isLast) {
                forget(waiting);
            }
        } else {
            waiting.since = now;
            place(waiting, waiting.isUrgent || waiting.isLast ? now : waiting.restsUntil);
        }
    }

    /** The store did not take it. */
    public void failed(Copy copy, long now) {
        pausedUntil = now + Math.min(MAX_PAUSE, MIN_PAUSE << Math.min(failures, 10));
        failures++;
        Waiting waiting = ended(copy);
        if (waiting == null) {
            return;
        }
        if (waiting.isLast) {
            forget(waiting);
        } else {
            place(waiting, pausedUntil);
        }
    }

    /** What waits for the partition is tried once more, at once. */
    public void handedOver(int partition, long now) {
        each(w -> w.partition == partition, w -> {
            if (w.copy == null) {
                forget(w);
            } else {
                w.isLast = true;
                place(w, now);
            }
        });
    }

    /** Forgets what waits for the partition, but for what is on its last try. */
    public void lost(int partition) {
        each(w -> w.partition == partition && !w.isLast, this::forget);
    }

    private void each(Predicate<Waiting> which, Consumer<Waiting> change) {
        List.copyOf(accounts.values()).stream().filter(which).forEach(change);
    }

    private void forget(Waiting waiting) {
        ready.remove(waiting);
        accounts.remove(waiting.account);
    }

    /** How long the oldest copy waits; zero when none does. */
    public Duration oldest(long now) {
        return Duration.ofNanos(accounts.values().stream().filter(w -> w.copy != null).mapToLong(w -> now - w.since)
                .max().orElse(0));
    }

    /** Copies that wait, or are under way. */
    public int size() {
        return (int) accounts.values().stream().filter(w -> w.copy != null).count();
    }
}
