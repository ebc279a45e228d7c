package io.wafleet.simulator.whatsapp;

/**
 * A fault that stands.
 *
 * @param remaining how often it still happens; negative: until it is lifted
 * @param probability from 0 to 1, each time it could happen
 */
public record StandingFault(String id, Fault.Standing fault, Scope scope, long remaining, double probability) {
    /** Until it is lifted. */
    public static final long UNLIMITED = -1;

    StandingFault happened() {
        return remaining < 0 ? this : new StandingFault(id, fault, scope, remaining - 1, probability);
    }
}
