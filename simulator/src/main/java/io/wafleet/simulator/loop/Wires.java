package io.wafleet.simulator.loop;

import io.wafleet.contract.simulator.ServerFrame;
import io.wafleet.simulator.whatsapp.ConnectionId;

/** The sockets to the clients. What is asked for a connection that is gone does nothing. Called on the loop's thread. */
public interface Wires {
    void tell(ConnectionId connection, ServerFrame frame);

    /** Closes in order, with the status of the code. What the client still says is taken in until it answers. */
    void shut(ConnectionId connection, int code);

    /** Cuts the socket without a word. */
    void drop(ConnectionId connection);
}
