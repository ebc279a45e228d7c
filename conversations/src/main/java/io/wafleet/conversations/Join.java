package io.wafleet.conversations;

/**
 * A LID's thread whose messages are to go to the phone's thread.
 *
 * @param from the LID's
 * @param to the phone's
 */
public record Join(ThreadId from, ThreadId to) {}
