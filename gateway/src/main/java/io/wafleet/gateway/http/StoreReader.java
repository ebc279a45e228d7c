package io.wafleet.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.wafleet.conversations.ConversationReads;
import io.wafleet.conversations.StoreUnavailableException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the conversation store, on threads of its own: a store that hangs holds up nothing but reads of itself. Each read is bounded in
 * time, and so is how many may be under way. Owned by the event loop.
 *
 * <p>A store that fails is a {@link Problem} for whoever asked, and nothing for anybody else: no other answer and no readiness depends
 * on it.
 */
final class StoreReader {
    /** What {@link #state} says while all is well. */
    static final String OK = "ok";

    private static final Logger LOG = LoggerFactory.getLogger(StoreReader.class);
    private static final int THREADS = 4;
    private static final int MAX_UNDER_WAY = 100;

    private final ConversationReads store;
    private final WorkerExecutor threads;
    private final Duration bound;
    private int underWay;
    private String state = "unused";

    StoreReader(Vertx vertx, ConversationReads store, Duration bound) {
        this.store = store;
        this.bound = bound;
        threads = vertx.createSharedWorkerExecutor("conversation-store", THREADS);
    }

    /** How the last read ended: {@code ok}, the code of its problem, or {@code unused} before the first one. */
    String state() {
        return state;
    }

    /** Calls back on the event loop. */
    <T> Future<T> read(Function<ConversationReads, T> work) {
        if (underWay >= MAX_UNDER_WAY) {
            return Future.failedFuture(busy());
        }
        underWay++;
        AtomicBoolean givenUp = new AtomicBoolean();
        Future<T> reading = threads.executeBlocking(() -> {
            if (givenUp.get()) {
                // Nobody waits any more: those who still do come sooner.
                throw new TimeoutException();
            }
            return work.apply(store);
        }, false).map(Objects::requireNonNull).onComplete(_ -> underWay--);
        return reading.timeout(bound.toMillis(), TimeUnit.MILLISECONDS).onFailure(_ -> givenUp.set(true))
                .onSuccess(_ -> note(OK)).recover(error -> Future.failedFuture(failure(error)));
    }

    private Throwable failure(Throwable error) {
        Problem problem = switch (error) {
            case StoreUnavailableException e -> problem(e.reason());
            case TimeoutException _ -> Problem.unavailable("store_slow",
                    "The conversation store did not answer in time; repeat the request");
            default -> null;
        };
        if (problem == null) {
            return error;
        }
        if (note(problem.code())) {
            LOG.warn("conversations cannot be read: {}", error instanceof TimeoutException
                    ? "no answer within " + bound.toMillis() + " ms"
                    : error.getMessage());
        }
        return problem;
    }

    /** Whether it is news. */
    private boolean note(String now) {
        boolean isNews = !now.equals(state);
        if (isNews && now.equals(OK)) {
            LOG.info("conversations are read");
        }
        state = now;
        return isNews;
    }

    private static Problem busy() {
        return Problem.unavailable("store_busy",
                "Too many requests wait for the conversation store; repeat the request");
    }

    /** The store's own message names files, which are nobody's business out there. */
    private static Problem problem(StoreUnavailableException.Reason reason) {
        return switch (reason) {
            case MISSING -> Problem.unavailable("store_missing",
                    "There is no conversation store yet: the projector makes it");
            case OLDER -> Problem.unavailable("store_older",
                    "The conversation store is of an older release: the projector brings it up");
            case BUSY -> Problem.unavailable("store_busy", "The conversation store is locked; repeat the request");
            case DOWN, FULL -> Problem.unavailable("store_down", "The conversation store cannot be read now");
            case NEWER -> Problem.of(503, "store_newer",
                    "The conversation store is of a newer release than this gateway: bring the gateway up");
            case CORRUPT -> Problem.of(503, "store_damaged",
                    "The conversation store is damaged or something else: the gateway's log says more");
        };
    }
}
