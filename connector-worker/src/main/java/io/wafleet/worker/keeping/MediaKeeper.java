package io.wafleet.worker.keeping;

import io.micrometer.core.instrument.MeterRegistry;
import io.wafleet.contract.MediaKey;
import io.wafleet.media.MediaMismatchException;
import io.wafleet.media.MediaStore;
import io.wafleet.worker.keeping.OriginStream.OriginException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings media that arrived from WhatsApp to the store, apart from everything else that a worker does: however slow, full or broken the one or
 * the other is, messages go on arriving. For each medium:
 *
 * <ol>
 * <li>It is there already, since it arrived before: done.
 * <li>It is brought, within its time and size, and its hash checked.
 * <li>WhatsApp has it no more, or brought other bytes than said, or failed too often: given up; the message says what was there.
 * <li>The store fails: tried again, more and more seldom, until it works; when too many wait, no more events are read.
 * </ol>
 * Owned by one thread, the reader of the events; the work is done by a few of its own.
 */
public final class MediaKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MediaKeeper.class);
    private static final int MAX_WAITING = 500;
    private static final int MAX_ATTEMPTS = 10;
    private static final long FIRST_BACKOFF_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long MAX_BACKOFF_NANOS = Duration.ofMinutes(5).toNanos();
    private static final long MAX_STORE_BACKOFF_NANOS = Duration.ofSeconds(30).toNanos();

    private final KeepingSettings settings;
    private final MediaStore store;
    private final MediaOrigin origin;
    private final LongSupplier nanos;
    private final MeterRegistry metrics;
    private final Backlog backlog = new Backlog(MAX_WAITING);
    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ExecutorService places;
    private final ScheduledExecutorService deadlines;
    private int free;
    private boolean storeFails;

    /** How an attempt ended. */
    private enum Outcome {
        KEPT, ALREADY, GONE, ORIGIN_FAILED, STORE_FAILED
    }

    private record Ended(MediaKey key, Outcome outcome, @Nullable String reason) {}

    /**
     * @param nanos monotonic
     */
    public MediaKeeper(KeepingSettings settings, MediaStore store, MediaOrigin origin, LongSupplier nanos,
            MeterRegistry metrics) {
        this.settings = settings;
        this.store = store;
        this.origin = origin;
        this.nanos = nanos;
        this.metrics = metrics;
        this.free = settings.concurrent();
        this.places = Executors.newFixedThreadPool(settings.concurrent(),
                Thread.ofPlatform().daemon().name("media-keep-", 0).factory());
        this.deadlines = Executors
                .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("media-keep-deadlines").factory());
    }

    /** An event was read. */
    public void read(int partition, long offset, @Nullable Wanted wanted) {
        backlog.read(partition, offset, wanted, nanos.getAsLong());
    }

    /** Others read these partitions now. */
    public void lost(Set<Integer> partitions) {
        backlog.lost(partitions);
    }

    /** Whether nothing more should be read for now. */
    public boolean isFull() {
        return backlog.isFull();
    }

    /** Up to where the events of each partition are done with, where that has moved. */
    public Map<Integer, Long> moved() {
        return backlog.moved();
    }

    /** Takes what has ended, and begins what is due; to be called often. */
    public void turn() {
        for (Ended one = ended.poll(); one != null; one = ended.poll()) {
            free++;
            settle(one);
        }
        for (Wanted next = free > 0 ? backlog.next(nanos.getAsLong()) : null; next != null;) {
            Wanted wanted = next;
            free--;
            places.execute(() -> ended.add(attempt(wanted)));
            next = free > 0 ? backlog.next(nanos.getAsLong()) : null;
        }
        waiting.set(backlog.size());
    }

    private void settle(Ended one) {
        switch (one.outcome()) {
            case KEPT, ALREADY -> {
                storeFails = false;
                backlog.settled(one.key());
            }
            case GONE -> giveUp(one);
            case ORIGIN_FAILED -> {
                int failures = backlog.failures(one.key());
                if (failures >= MAX_ATTEMPTS) {
                    giveUp(one);
                } else {
                    again(one, failures, MAX_BACKOFF_NANOS);
                }
            }
            case STORE_FAILED -> {
                if (!storeFails) {
                    LOG.error("media that arrive cannot be kept, and wait at WhatsApp: {}", one.reason());
                }
                storeFails = true;
                again(one, backlog.failures(one.key()), MAX_STORE_BACKOFF_NANOS);
            }
        }
        metrics.counter("wafleet.worker.media.keep", "outcome", word(one.outcome())).increment();
    }

    private void giveUp(Ended one) {
        LOG.warn("{}: its bytes were given up: {}", one.key().account(), one.reason());
        metrics.counter("wafleet.worker.media.keep.given.up").increment();
        backlog.settled(one.key());
    }

    private void again(Ended one, int failures, long maxNanos) {
        long backoff = Math.min(maxNanos, FIRST_BACKOFF_NANOS << Math.min(failures - 1, MAX_ATTEMPTS));
        backlog.again(one.key(), nanos.getAsLong() + Math.max(FIRST_BACKOFF_NANOS, backoff));
    }

    private static String word(Outcome outcome) {
        return outcome.name().toLowerCase(java.util.Locale.ROOT);
    }

    private Ended attempt(Wanted wanted) {
        MediaKey key = wanted.key();
        try {
            if (store.has(key)) {
                return new Ended(key, Outcome.ALREADY, null);
            }
            bring(wanted);
            return new Ended(key, Outcome.KEPT, null);
        } catch (MediaGoneException e) {
            return new Ended(key, Outcome.GONE, e.getMessage());
        } catch (MediaMismatchException | OriginException e) {
            return new Ended(key, Outcome.ORIGIN_FAILED, e.getMessage());
        } catch (IOException | RuntimeException | Error e) {
            // Whatever it is, its place must be free again. Not its message: that names files.
            return new Ended(key, Outcome.STORE_FAILED, e.getClass().getSimpleName());
        }
    }

    private void bring(Wanted wanted) throws IOException {
        store.put(wanted.key(), wanted.media().mimetype(), () -> {
            InputStream bytes = open(wanted);
            Future<?> deadline = deadlines.schedule(() -> {
                bytes.close();
                return true;
            }, settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
            return new OriginStream(bytes, settings.maxBytes(), () -> deadline.cancel(false));
        });
    }

    private InputStream open(Wanted wanted) throws IOException {
        try {
            return origin.open(wanted);
        } catch (MediaGoneException e) {
            throw e;
        } catch (IOException e) {
            throw new OriginException(e);
        }
    }

    /** How many media are still to be brought, as far as they are read. */
    public int waiting() {
        return waiting.get();
    }

    /** What is under way is ended, and brought anew by whoever reads its event next. */
    @Override
    public void close() {
        places.shutdownNow();
        deadlines.shutdownNow();
    }
}
