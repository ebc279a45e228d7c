package io.wafleet.worker.backup.store;

import io.wafleet.conversations.CredentialBackups;
import io.wafleet.conversations.CredentialBackups.BackupOutcome;
import io.wafleet.worker.backup.BackupPlan;
import io.wafleet.worker.backup.Copy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the {@link BackupPlan} says, on a few threads of its own, a copy at a time each. The plan is guarded by one lock. */
final class BackupWriters implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackupWriters.class);
    private static final int THREADS = 4;

    private final BackupPlan plan;
    private final OpenStore store;
    private final SealedCopy sealing;
    private final LongSupplier nanos;
    private final Duration closing;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Thread> threads = new ArrayList<>();
    private boolean closed;
    private boolean storeFails;

    /**
     * @param closing how long to wait at the end for what still waits
     */
    BackupWriters(BackupPlan plan, OpenStore store, SealedCopy sealing, LongSupplier nanos, Duration closing) {
        this.plan = plan;
        this.store = store;
        this.sealing = sealing;
        this.nanos = nanos;
        this.closing = closing;
    }

    void start(BackupMetrics metrics) {
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofPlatform().daemon().name("backup-" + i).start(() -> write(metrics)));
        }
    }

    /** Called for every change of credentials: wakes a thread only when there is something to do sooner than before. */
    void keep(Copy copy, boolean urgent) {
        lock.lock();
        try {
            if (plan.take(copy, urgent, nanos.getAsLong())) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    void change(Consumer<BackupPlan> change) {
        lock.lock();
        try {
            change.accept(plan);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long ask(ToLongFunction<BackupPlan> question) {
        lock.lock();
        try {
            return question.applyAsLong(plan);
        } finally {
            lock.unlock();
        }
    }

    private void write(BackupMetrics metrics) {
        try {
            while (true) {
                Optional<Copy> copy = await();
                if (copy.isEmpty()) {
                    return;
                }
                write(copy.get(), metrics);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next copy when it is due; empty at the end. */
    private Optional<Copy> await() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                Optional<Copy> copy = plan.next(nanos.getAsLong());
                if (copy.isPresent()) {
                    return copy;
                }
                OptionalLong wait = plan.untilDue(nanos.getAsLong());
                long _ = changed.awaitNanos(wait.orElse(Long.MAX_VALUE));
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Whatever fails is the store's affair, or this one copy's; no other copy waits for ever because of it. */
    private void write(Copy copy, BackupMetrics metrics) {
        try {
            BackupOutcome outcome = put(store.backups(), copy);
            storeWorks();
            switch (outcome) {
                case STORED -> {
                    change(p -> p.written(copy, nanos.getAsLong()));
                    (copy.isGone() ? metrics.cleared : metrics.written).increment();
                }
                case OLDER -> {
                    change(p -> p.refused(copy, nanos.getAsLong()));
                    metrics.refused.increment();
                }
            }
        } catch (IllegalArgumentException e) {
            metrics.failed.increment();
            LOG.error("{}: no backup can be made: {}", copy.account(), e.getMessage());
            change(p -> p.refused(copy, nanos.getAsLong()));
        } catch (RuntimeException e) {
            metrics.failed.increment();
            storeFailed(e);
            change(p -> p.failed(copy, nanos.getAsLong()));
        }
    }

    private BackupOutcome put(CredentialBackups backups, Copy copy) {
        return copy.isGone()
                ? backups.clear(copy.account(), copy.stamp())
                : backups.put(copy.account(), copy.stamp(), sealing.seal(copy));
    }

    private void storeFailed(RuntimeException e) {
        lock.lock();
        try {
            if (!storeFails) {
                LOG.warn("credentials cannot be backed up now, tried again until they can: {}", e.getMessage());
            }
            storeFails = true;
        } finally {
            lock.unlock();
        }
    }

    private void storeWorks() {
        lock.lock();
        try {
            if (storeFails) {
                LOG.info("credentials are backed up again");
            }
            storeFails = false;
        } finally {
            lock.unlock();
        }
    }

    /** What waits is given a short while; the next owners write what is not written by then. */
    @Override
    public void close() {
        lock.lock();
        try {
            long left = closing.toNanos();
            while (plan.size() > 0 && left > 0 && !storeFails) {
                left = changed.awaitNanos(left);
            }
            closed = true;
            changed.signalAll();
        } catch (InterruptedException _) {
            closed = true;
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
