package io.wafleet.simulator.whatsapp;

/**
 * How far a burst has come.
 *
 * @param idPrefix the n-th of its messages, from 0, is called this and twelve upper-case hex digits of n
 * @param written how many of its messages wait for, or have been brought to, their accounts
 */
public record BurstView(long number, String idPrefix, int accounts, int messages, int written) {
    /** Whether all of it is written. */
    public boolean done() {
        return written == messages;
    }
}
