package io.wafleet.conversations.projector;

import io.wafleet.conversations.Change;
import io.wafleet.conversations.ConversationStore;
import io.wafleet.conversations.StoreUnavailableException;
import io.wafleet.conversations.StoreUnavailableException.Reason;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Stands before a real store, and fails as told. Thread-safe. */
final class FlakyStore {
    private final ConversationStore real;
    private final AtomicReference<@Nullable Reason> failing = new AtomicReference<>();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile int deadAfter = Integer.MAX_VALUE;
    private final AtomicInteger batches = new AtomicInteger();

    /** The process died after the store had the batch, and before anybody knew. */
    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    FlakyStore(ConversationStore real) {
        this.real = real;
    }

    /** Every call fails from now on; null: it works. */
    void fail(@Nullable Reason reason) {
        failing.set(reason);
    }

    int refused() {
        return refused.get();
    }

    /** Dies once the store has so many batches. */
    FlakyStore dieAfter(int count) {
        deadAfter = count;
        return this;
    }

    ConversationStore store() {
        return (ConversationStore) Proxy.newProxyInstance(FlakyStore.class.getClassLoader(),
                new Class<?>[]{ConversationStore.class}, (_, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null; // The test still reads it.
                    }
                    Reason reason = failing.get();
                    if (reason != null) {
                        refused.incrementAndGet();
                        throw new StoreUnavailableException(reason, "store fails as the test wants", null);
                    }
                    if (!method.getName().equals("apply")) {
                        try {
                            return method.invoke(real, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }
                    real.apply(changes(arguments));
                    if (batches.incrementAndGet() >= deadAfter) {
                        throw new Died();
                    }
                    return null;
                });
    }

    @SuppressWarnings("unchecked")
    private static List<Change> changes(Object[] arguments) {
        return (List<Change>) arguments[0];
    }
}
