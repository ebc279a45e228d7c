package io.wafleet.worker.keeping;

import io.wafleet.contract.MediaKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which media are still to be brought, and how far {@code events} is done with: a partition's position is its first event whose medium is
 * not settled, so that nothing is forgotten when the worker dies. One medium that several events want is brought once. Pure; all times are
 * monotonic nanoseconds. Not thread-safe.
 */
final class Backlog {
    private final int max;
    private final Map<MediaKey, Job> jobs = new LinkedHashMap<>();
    private final Map<Integer, Progress> partitions = new HashMap<>();

    /** One medium. */
    private static final class Job {
        private final Wanted wanted;
        private final List<Place> places = new ArrayList<>();
        private int failures;
        private long dueNanos;
        private boolean running;

        Job(Wanted wanted, long nowNanos) {
            this.wanted = wanted;
            this.dueNanos = nowNanos;
        }
    }

    private record Place(int partition, long offset) {}

    /** How far one partition is. */
    private static final class Progress {
        private final NavigableSet<Long> open = new TreeSet<>();
        private long next;
        private long committed = -1;

        long position() {
            return open.isEmpty() ? next : open.first();
        }
    }

    /**
     * @param max media that may wait; beyond it {@link #isFull}
     */
    Backlog(int max) {
        this.max = max;
    }

    /** An event was read. */
    void read(int partition, long offset, @Nullable Wanted wanted, long nowNanos) {
        Progress progress = partitions.computeIfAbsent(partition, _ -> new Progress());
        progress.next = offset + 1;
        if (wanted != null) {
            progress.open.add(offset);
            jobs.computeIfAbsent(wanted.key(), _ -> new Job(wanted, nowNanos)).places.add(new Place(partition, offset));
        }
    }

    /** Whether nothing more should be read for now. */
    boolean isFull() {
        return jobs.size() >= max;
    }

    int size() {
        return jobs.size();
    }

    /** The next one to be brought now; it is under way until {@link #settled} or {@link #again}. */
    @Nullable
    Wanted next(long nowNanos) {
        for (Job job : jobs.values()) {
            if (!job.running && job.dueNanos - nowNanos <= 0) {
                job.running = true;
                return job.wanted;
            }
        }
        return null;
    }

    /** It is kept, or given up. */
    void settled(MediaKey key) {
        Job job = jobs.remove(key);
        if (job != null) {
            for (Place place : job.places) {
                Progress progress = partitions.get(place.partition());
                if (progress != null) {
                    progress.open.remove(place.offset());
                }
            }
        }
    }

    /** It failed once more; returns how often by now. To be followed by {@link #again} or {@link #settled}. */
    int failures(MediaKey key) {
        Job job = jobs.get(key);
        return job == null ? 0 : ++job.failures;
    }

    /** It waits until then. */
    void again(MediaKey key, long dueNanos) {
        Job job = jobs.get(key);
        if (job != null) {
            job.running = false;
            job.dueNanos = dueNanos;
            forgetIfUnwanted(job);
        }
    }

    /** Positions that have moved since they were last asked for, by partition. */
    Map<Integer, Long> moved() {
        Map<Integer, Long> moved = new HashMap<>();
        partitions.forEach((partition, progress) -> {
            if (progress.position() != progress.committed) {
                progress.committed = progress.position();
                moved.put(partition, progress.committed);
            }
        });
        return moved;
    }

    /** Others read these now; what is under way for them alone is no more of interest, but may end. */
    void lost(Set<Integer> gone) {
        partitions.keySet().removeAll(gone);
        for (Job job : List.copyOf(jobs.values())) {
            job.places.removeIf(place -> gone.contains(place.partition()));
            forgetIfUnwanted(job);
        }
    }

    private void forgetIfUnwanted(Job job) {
        if (job.places.isEmpty() && !job.running) {
            jobs.remove(job.wanted.key());
        }
    }
}
