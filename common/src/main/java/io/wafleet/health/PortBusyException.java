package io.wafleet.health;

/** Another process listens on the port. */
public final class PortBusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PortBusyException(String host, int port) {
        super("port " + port + " on " + host + " is in use by another process");
    }
}
