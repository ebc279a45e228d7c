package io.wafleet.worker.partition;

import io.wafleet.contract.TransactionalId;
import io.wafleet.worker.journal.JournalImage;
import io.wafleet.worker.log.JournalSource;
import io.wafleet.worker.ownership.Tenure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One attempt to take one partition over: what it has read so far, and how long each step took. Used on the ownership loop. */
final class Takeover {
    /** A step that is done. */
    record Lap(String step, Duration took) {
        @Override
        public String toString() {
            return step + " " + took.toMillis();
        }
    }

    private final Tenure tenure;
    private final JournalSource.Reading reading;
    private final LongSupplier nanos;
    private final long begun;
    private final List<Lap> laps = new ArrayList<>();
    private long lapBegun;
    private @Nullable JournalImage image;

    Takeover(Tenure tenure, JournalSource.Reading reading, LongSupplier nanos) {
        this.tenure = tenure;
        this.reading = reading;
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
        this.lapBegun = begun;
    }

    Tenure tenure() {
        return tenure;
    }

    CompletableFuture<Set<TransactionalId>> read() {
        return reading.settled();
    }

    CompletableFuture<JournalImage> restore() {
        return reading.toEnd();
    }

    /** The journal's newest position, as far as it was read. */
    long position() {
        return image == null ? reading.position() : image.position();
    }

    void restored(JournalImage whole) {
        image = whole;
    }

    /** What was restored; null before that. */
    @Nullable
    JournalImage image() {
        return image;
    }

    /** The step is done; the next one begins. */
    void lap(String step) {
        long now = nanos.getAsLong();
        laps.add(new Lap(step, Duration.ofNanos(now - lapBegun)));
        lapBegun = now;
    }

    List<Lap> laps() {
        return List.copyOf(laps);
    }

    Duration took() {
        return Duration.ofNanos(nanos.getAsLong() - begun);
    }

    void giveUp() {
        reading.cancel();
    }
}
