package io.wafleet.conversations.firestore;

import com.google.api.core.ApiFuture;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Transaction;
import com.google.cloud.firestore.TransactionOptions;
import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.conversations.StoreUnavailableException;
import io.wafleet.conversations.StoreUnavailableException.Reason;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The connection to Firestore, and how long to wait for it. Safe for all threads.
 *
 * <p>A transaction is tried again when others wrote to its documents, soon at first and each time a little later, by chance, so that
 * those who meet once do not meet again. Google's client would wait a second and more each time.
 */
final class FirestoreSession implements AutoCloseable {
    /** How long a call waits, all attempts together. */
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final int FIRST_PAUSE_MILLIS = 20;
    private static final int LONGEST_PAUSE_MILLIS = 1_000;

    private final Firestore firestore;
    private final Places places;
    private final Duration patience;
    /** Where transactions run: they wait for answers that the client's own few threads must bring. */
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean closed;

    FirestoreSession(Firestore firestore, Duration patience) {
        this.firestore = firestore;
        this.patience = patience;
        places = new Places(firestore);
    }

    /** What a transaction does: all reads, then all writes. It may run several times. */
    interface Work<T> {
        T run(Transaction transaction);
    }

    /** What was to be written can never be, whoever tries. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(Throwable cause) {
            super("Firestore refuses what is to be written", cause);
        }
    }

    Places places() {
        return places;
    }

    Firestore client() {
        return firestore;
    }

    /** All of it is written, or nothing; and what was read is still so when it is written. */
    <T> T transaction(Work<T> work) {
        try {
            return storing(work);
        } catch (Refused e) {
            throw FirestoreFailures.of(e);
        }
    }

    /**
     * The same, for what people and phones made.
     *
     * @throws Refused when Firestore cannot keep what the work writes
     */
    <T> T storing(Work<T> work) {
        return run(work,
                TransactionOptions.createReadWriteOptionsBuilder().setNumberOfAttempts(1).setExecutor(threads).build());
    }

    /** All that is read is of one moment. */
    <T> T readAtOnce(Work<T> work) {
        return run(work, TransactionOptions.createReadOnlyOptionsBuilder().setExecutor(threads).build());
    }

    private <T> T run(Work<T> work, TransactionOptions options) {
        long end = System.nanoTime() + patience.toNanos();
        int pause = FIRST_PAUSE_MILLIS;
        while (true) {
            Attempt<T> attempt = new Attempt<>(work);
            try {
                return get(firestoreInUse().runTransaction(attempt, options), end - System.nanoTime());
            } catch (ExecutionException e) {
                RuntimeException own = attempt.failure;
                Throwable failure = own == null ? e : own;
                if (!FirestoreFailures.isContention(failure) || end - System.nanoTime() <= 0) {
                    throw own == null ? failed(e) : own;
                }
            }
            pause(ThreadLocalRandom.current().nextInt(pause));
            pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
        }
    }

    private static RuntimeException failed(ExecutionException e) {
        return FirestoreFailures.isRefusal(e) ? new Refused(e) : FirestoreFailures.of(e);
    }

    /** Remembers what the work itself failed with: the client wraps it in ways of its own. */
    private static final class Attempt<T> implements Transaction.Function<T> {
        private final Work<T> work;
        private volatile @Nullable RuntimeException failure;

        Attempt(Work<T> work) {
            this.work = work;
        }

        @Override
        public T updateCallback(Transaction transaction) {
            try {
                return work.run(transaction);
            } catch (RuntimeException e) {
                failure = e;
                throw e;
            }
        }
    }

    /** Waits for an answer. */
    <T> T await(ApiFuture<T> answer) {
        try {
            return get(answer, patience.toNanos());
        } catch (ExecutionException e) {
            throw FirestoreFailures.of(e);
        }
    }

    /** Waits for an answer, and leaves it to the caller what a failure means. */
    <T> T get(ApiFuture<T> answer) throws ExecutionException {
        return get(answer, patience.toNanos());
    }

    private <T> T get(ApiFuture<T> answer, long nanos) throws ExecutionException {
        try {
            return answer.get(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw FirestoreFailures.unavailable(Reason.DOWN, "interrupted", e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw FirestoreFailures.unavailable(Reason.DOWN, "no answer within " + patience.toSeconds() + " s", e);
        }
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FirestoreFailures.unavailable(Reason.DOWN, "interrupted", e);
        }
    }

    /** Reads, and says so when a document cannot be understood. */
    <T> T read(Reading<T> reading) {
        firestoreInUse();
        try {
            return reading.run(places);
        } catch (UnreadableRecordException e) {
            throw new StoreUnavailableException(Reason.CORRUPT,
                    "Firestore holds a document that this release cannot read: " + e.getMessage(), e);
        }
    }

    /** What is read outside of transactions. */
    interface Reading<T> {
        T run(Places places);
    }

    private Firestore firestoreInUse() {
        if (closed) {
            throw FirestoreFailures.unavailable(Reason.DOWN, "it is closed", null);
        }
        return firestore;
    }

    /** Waits a little for the client to end; what still runs then is cut off. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        Thread closing = Thread.ofVirtual().start(this::closeClient);
        try {
            closing.join(CLOSING);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        firestore.shutdownNow();
        threads.shutdownNow();
    }

    private void closeClient() {
        try {
            firestore.close();
        } catch (Exception _) {
            // it is not used any more, and cut off in any case
        }
    }
}
