package io.wafleet.embedded;

import io.wafleet.health.PortBusyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks at ports before Kafka does: it would report a busy one only after half a start. */
final class Ports {
    private Ports() {}

    /**
     * The port itself, or a free one for 0.
     *
     * @throws PortBusyException when somebody listens on it
     */
    static int check(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
            return socket.getLocalPort();
        } catch (BindException _) {
            throw new PortBusyException(host, port);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + host + ":" + port, e);
        }
    }
}
