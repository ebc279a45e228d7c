package io.wafleet.worker.kafka;

import io.wafleet.contract.Topic;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.settings.Timings;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a worker finds out about its broker before it joins. */
@ExtendWith(BrokerExtension.class)
final class GroupProtocolIT {
    private static final Timings FAST = Timings.of(Timings.Profile.FAST);
    private static final Timings STEADY = Timings.of(Timings.Profile.STEADY);

    @Test
    void setsTheTimingsOfAnEmptyGroupAndLeavesThoseOfLivingMembersAlone(TestBroker broker) {
        KafkaSettings settings = broker.freshSettings(1);
        KafkaClients clients = new KafkaClients(settings);
        String group = OwnerGroup.id(settings);
        try (Admin admin = clients.admin("test")) {
            assertThat(GroupProtocol.choose(admin, GroupProtocol.Choice.AUTO, group, FAST).timings()).isEqualTo(FAST);
            GroupProtocol steady = GroupProtocol.choose(admin, GroupProtocol.Choice.AUTO, group, STEADY);
            assertThat(steady.timings()).isEqualTo(STEADY);
            try (Consumer<byte[], byte[]> member = CommandConsumer.consumer(clients, "member", group, steady)) {
                member.subscribe(List.of(Topic.COMMANDS.name(settings.topicPrefix())));
                await().atMost(Duration.ofSeconds(20)).until(() -> isAssigned(member));
                assertThat(GroupProtocol.choose(admin, GroupProtocol.Choice.AUTO, group, FAST).timings().session())
                        .isEqualTo(STEADY.session());
            }
        }
    }

    @Test
    void believesTheBrokerOnlyOnceTheHeartbeatIntervalIsInForceToo(TestBroker broker) {
        KafkaSettings settings = broker.freshSettings(1);
        try (Admin admin = new KafkaClients(settings).admin("test")) {
            for (int i = 0; i < 40; i++) {
                Timings wanted = new Timings(FAST.session(), Duration.ofMillis(80 + i % 2 * 40), FAST.margin(),
                        FAST.maxPoll());
                assertThat(GroupProtocol.choose(admin, GroupProtocol.Choice.CONSUMER, OwnerGroup.id(settings), wanted)
                        .timings()).isEqualTo(wanted);
            }
        }
    }

    @Test
    void takesWhatTheBrokerGrantsWhenItRefuses(TestBroker broker) {
        KafkaSettings settings = broker.freshSettings(1);
        Duration tooLong = Duration.ofMinutes(10);
        Timings wanted = new Timings(tooLong, FAST.heartbeat(), FAST.margin(), tooLong);
        try (Admin admin = new KafkaClients(settings).admin("test")) {
            Timings granted = GroupProtocol
                    .choose(admin, GroupProtocol.Choice.CONSUMER, OwnerGroup.id(settings), wanted)
                    .timings();
            assertThat(granted).isEqualTo(new Timings(Duration.ofSeconds(1), Duration.ofMillis(200), FAST.margin(),
                    tooLong));
        }
    }

    @Test
    void theClassicProtocolTakesTheTimingsAsTheyAre(TestBroker broker) {
        KafkaSettings settings = broker.freshSettings(1);
        try (Admin admin = new KafkaClients(settings).admin("test")) {
            GroupProtocol classic = GroupProtocol.choose(admin, GroupProtocol.Choice.CLASSIC, OwnerGroup.id(settings),
                    FAST);
            assertThat(classic.name()).isEqualTo("classic");
            assertThat(classic.timings()).isEqualTo(FAST);
        }
    }

    private static boolean isAssigned(Consumer<byte[], byte[]> member) {
        try {
            member.poll(Duration.ofMillis(100));
            return !member.assignment().isEmpty();
        } catch (NoOffsetForPartitionException _) {
            return true;
        }
    }
}
