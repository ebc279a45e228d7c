package io.wafleet.worker.session;

/** What the machine makes of a pair of session and event. */
sealed interface Decision {
    /** The session goes on. */
    record Made(Step step) implements Decision {}

    /**
     * Nothing happens.
     *
     * @param why in about three words
     */
    record Ignored(String why) implements Decision {}
}
