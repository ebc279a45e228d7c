package io.wafleet.health;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class PortsTest {
    private static final String HOST = "127.0.0.1";

    @Test
    void aFreePortIsOneThatNoOutgoingConnectionTakes() throws Exception {
        for (int i = 0; i < 50; i++) {
            int port = Ports.free(HOST);
            assertThat(port).isBetween(20_000, 32_767);
            new ServerSocket(port, 1, InetAddress.getByName(HOST)).close();
        }
    }

    @Test
    void aBusyPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            assertThatThrownBy(() -> Ports.check(HOST, taken.getLocalPort())).isInstanceOf(PortBusyException.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()));
        }
    }
}
