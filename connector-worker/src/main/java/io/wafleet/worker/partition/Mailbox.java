package io.wafleet.worker.partition;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Lets one thread at a time handle messages in order: an owner's state needs no lock. Any thread may post. A message whose handling
 * throws ends the mailbox: the state behind it can be trusted no more.
 */
final class Mailbox<M> {
    private static final int PER_TURN = 100;

    private final ConcurrentLinkedQueue<M> messages = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Executor executor;
    private final Consumer<M> handler;
    private final Consumer<RuntimeException> broken;
    private volatile boolean ended;

    /**
     * @param broken told once, when the handler threw
     */
    Mailbox(Executor executor, Consumer<M> handler, Consumer<RuntimeException> broken) {
        this.executor = executor;
        this.handler = handler;
        this.broken = broken;
    }

    void post(M message) {
        if (ended) {
            return;
        }
        messages.add(message);
        size.incrementAndGet();
        schedule();
    }

    /** Messages not yet handled. */
    int size() {
        return size.get();
    }

    /** Handles nothing more. */
    void end() {
        ended = true;
        messages.clear();
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            executor.execute(this::turn);
        }
    }

    private void turn() {
        try {
            for (int i = 0; i < PER_TURN && !ended; i++) {
                M message = messages.poll();
                if (message == null) {
                    break;
                }
                size.decrementAndGet();
                handler.accept(message);
            }
        } catch (RuntimeException e) {
            end();
            broken.accept(e);
        } finally {
            scheduled.set(false);
            if (!ended && !messages.isEmpty()) {
                schedule();
            }
        }
    }
}
