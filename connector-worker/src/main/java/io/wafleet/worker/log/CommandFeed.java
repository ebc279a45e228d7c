package io.wafleet.worker.log;

import org.jspecify.annotations.Nullable;

/** Where an owner's commands come from. Thread-safe. */
public interface CommandFeed {
    /** Takes commands; must return at once. */
    interface Sink {
        /** A record of the commands topic, as it was. */
        void take(long offset, byte @Nullable [] key, byte @Nullable [] value);

        /** How many taken commands are not yet handled; a feed pauses above a limit. */
        int backlog();
    }

    /** Feeds the partition's commands from this offset on to the sink; replaces an earlier sink. */
    void start(int partition, long position, Sink sink);

    /** Feeds no more. */
    void stop(int partition);
}
