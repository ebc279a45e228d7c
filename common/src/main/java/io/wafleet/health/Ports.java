package io.wafleet.health;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for servers that are told their port before they take it. */
public final class Ports {
    /** Below them the system has its own services. */
    private static final int FIRST = 20_000;
    /**
     * From here on Linux takes ports for outgoing connections ({@code net.ipv4.ip_local_port_range}; others from 49,152), even one that
     * was just found free: a client that knocks until its server is there may end up connected to itself, and hold the port.
     */
    private static final int END = 32_768;
    private static final int TRIES = 100;

    private Ports() {}

    /**
     * A port on which nobody listens, and which no outgoing connection takes before its server does.
     *
     * @throws PortBusyException when there seems to be none
     */
    public static int free(String host) {
        for (int i = 1;; i++) {
            try {
                return check(host, ThreadLocalRandom.current().nextInt(FIRST, END));
            } catch (PortBusyException e) {
                if (i == TRIES) {
                    throw e;
                }
            }
        }
    }

    /**
     * The port itself.
     *
     * @throws PortBusyException when somebody listens on it
     */
    public static int check(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
            return port;
        } catch (BindException _) {
            throw new PortBusyException(host, port);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + host + ":" + port, e);
        }
    }
}
