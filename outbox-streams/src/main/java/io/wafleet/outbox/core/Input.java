package io.wafleet.outbox.core;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Event;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.OutboxRequest;
import org.jspecify.annotations.Nullable;

/** What happened, as the outbox hears of it. */
public sealed interface Input {
    /**
     * A gateway asked for something.
     *
     * @param offset of the request on its topic
     */
    record Asked(OutboxRequest request, long offset) implements Input {}

    /** An owner told a fact. */
    record Told(Event event) implements Input {}

    /**
     * A timer fell due. Whether it still stands for something is read from the state.
     *
     * @param timer its place in the state
     * @param message null for the account's own timer
     */
    record TimerFired(Key timer, AccountId account, @Nullable MessageId message) implements Input {}

    /** The owner of this claim said nothing for longer than its lease. */
    record OwnerSilent(Epoch epoch) implements Input {}

    /** The owner of this claim, silent until now, was heard again. */
    record OwnerHeard(Epoch epoch) implements Input {}
}
