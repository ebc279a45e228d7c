package io.wafleet.worker.connector;

/** A prepared send or ack: what must be stored first. The connector's own class holds the rest. */
public interface Advance {
    /** To be stored before it is executed. */
    Credentials.Changes changes();
}
