package io.wafleet.worker.connector;

/**
 * Opens connections to WhatsApp. Thread-safe.
 *
 * <p>It asks the lease once more right before it logs in, sends or acks: between the order and the bytes the process may have slept.
 */
public interface Connector extends AutoCloseable {

    /**
     * Begins a connection attempt and returns at once. How it goes is told to the listener; a failure to connect is a
     * {@link ConnectionListener.Closed}, never an exception.
     */
    Connection open(ConnectRequest request, ConnectionListener listener);

    /** Drops every connection that is still open, without telling the listeners. */
    @Override
    void close();
}
