package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.simulator.ServerFrame;

/** What the loop must do, in this order, once everything to {@link Remember} is stored. */
public sealed interface Effect {
    /** Send the frame. */
    record Tell(ConnectionId connection, ServerFrame frame) implements Effect {}

    /** Close the WebSocket in order, with the status that belongs to the code. */
    record Shut(ConnectionId connection, int code) implements Effect {}

    /** Cut the socket without a word. */
    record Drop(ConnectionId connection) implements Effect {}

    /** Store the fact: it must survive a crash. */
    record Remember(Fact fact) implements Effect {}

    /** Show it to who is looking, if anyone is. */
    record Show(Sight sight) implements Effect {}
}
