package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.Chat;
import io.wafleet.contract.Event;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;

/** Something to do at a later moment. What no longer fits when the moment comes is passed over, so nothing is ever cancelled. */
sealed interface Task {
    /** The connection must have said something by now. */
    record FirstFrame(ConnectionId connection) implements Task {}

    /** The n-th QR of the connection's pairing is over. */
    record QrOver(ConnectionId connection, int shown) implements Task {}

    /** The delayed ack of a message is due. */
    record Ack(ConnectionId connection, MessageId id) implements Task {}

    /** A bit of a burst is to be written. */
    record BurstDue(long number) implements Task {}

    /** A receipt for a message of this sender is due. */
    record Receipt(PhoneNumber sender, Chat chat, MessageId id, Event.ReceiptKind kind) implements Task {}
}
