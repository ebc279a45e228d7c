package io.wafleet.health;

/**
 * A running part of the fleet: gateway, worker, outbox, simulator or broker. The command line starts one, or in {@code dev} all.
 */
public interface Role extends AutoCloseable {
    /** For people and logs, such as {@code gateway}. */
    String name();

    /** Completes when the role can go on no longer by itself; the process then ends with exit code 1. */
    java.util.concurrent.CompletionStage<Void> failure();

    /** Ends in order, within the role's own bound. May be called twice. */
    @Override
    void close();
}
