package io.wafleet.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.wafleet.health.Health;
import io.wafleet.health.Role;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway: HTTP in, commands and messages out, and views of what became of them. It holds nothing that another gateway
 * does not have, so any number may run.
 */
public final class GatewayRole implements Role {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayRole.class);

    private final Wiring wiring;

    private GatewayRole(Wiring wiring) {
        this.wiring = wiring;
    }

    /**
     * Listens once it returns; {@code health} says when its views are caught up.
     *
     * @throws io.wafleet.health.PortBusyException when the port is taken
     * @throws io.wafleet.kafka.BrokerUnreachableException when Kafka does not answer
     * @throws io.wafleet.kafka.TopicMismatchException when the topics do not fit the settings
     */
    public static GatewayRole start(GatewaySettings settings, MeterRegistry metrics, Health health) {
        GatewayRole role = new GatewayRole(Wiring.start(settings, metrics, health));
        if (isLoopback(settings.host())) {
            LOG.info("gateway listens on {}, for this machine only: it has no authentication yet", role.address());
        } else {
            LOG.warn("gateway listens on {} and has no authentication yet: whoever reaches it commands every account",
                    role.address());
        }
        return role;
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }

    @Override
    public String name() {
        return "gateway";
    }

    /** Where people reach it. */
    public String address() {
        return "http://" + wiring.host() + ":" + port();
    }

    public int port() {
        return wiring.port();
    }

    /** Never: whatever it loses it waits for. */
    @Override
    public CompletionStage<Void> failure() {
        return new CompletableFuture<>();
    }

    @Override
    public void close() {
        wiring.close();
    }
}
