package io.wafleet.embedded;

import io.wafleet.health.PortBusyException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@OwnBroker
@ExtendWith(BrokerExtension.class)
final class OwnBrokerIT {

    @Test
    void keepsPortAndRecordsAcrossARestart(TestBroker broker) throws Exception {
        String servers = broker.bootstrapServers();
        Records.createTopic(servers);
        Records.write(servers, 3);
        Records.awaitCount(servers, 3);
        broker.stop();
        int port = Integer.parseInt(servers.substring(servers.indexOf(':') + 1));
        try (ServerSocket free = new ServerSocket()) {
            free.setReuseAddress(true);
            free.bind(new InetSocketAddress("127.0.0.1", port));
            assertThatThrownBy(broker::start).isInstanceOf(PortBusyException.class);
        }
        broker.start();
        assertThat(broker.bootstrapServers()).isEqualTo(servers);
        assertThat(Records.count(servers)).isEqualTo(3);
    }
}
