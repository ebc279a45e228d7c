package io.wafleet.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;

/** The ways off the event loop and back to it. */
record EventLoop(Vertx vertx) {

    /** Makes an answer on a worker thread; for what takes milliseconds, such as drawing a QR. */
    Future<Answer> aside(Callable<Answer> slow) {
        return vertx.executeBlocking(slow, false).map(Objects::requireNonNull);
    }

    /** Does something slow on a worker thread. */
    <T> Future<T> beside(Callable<T> slow) {
        return vertx.executeBlocking(slow, false).map(Objects::requireNonNull);
    }

    /** Goes on here once it completes, whichever thread completes it. Called on the event loop. */
    <T> Future<T> resume(CompletionStage<T> stage) {
        return Future.fromCompletionStage(stage, vertx.getOrCreateContext());
    }
}
