package io.wafleet.worker.session;

import java.time.Instant;

/** Where an account's link to WhatsApp stands. Data that exists in only one state is a component of only that record. */
public sealed interface Link {
    /** Just restored, or not yet existing; nothing is under way. */
    record Idle() implements Link {}

    /** No connection until the time is due. */
    record Waiting(Instant due) implements Link {}
}
