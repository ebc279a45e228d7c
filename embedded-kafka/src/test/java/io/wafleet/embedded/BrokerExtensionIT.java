package io.wafleet.embedded;

import io.wafleet.kafka.KafkaClients;
import io.wafleet.kafka.Topics;
import io.wafleet.settings.KafkaSettings;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(BrokerExtension.class)
final class BrokerExtensionIT {
    private TestBroker field;

    @Test
    void givesTheSameBrokerAsFieldAndAsParameter(TestBroker parameter) {
        assertThat(field).isSameAs(parameter);
    }

    @Test
    void givesSettingsWhoseTopicsExist(TestBroker broker) {
        KafkaSettings settings = broker.settings(4);
        assertThat(broker.settings(4)).isEqualTo(settings);
        assertThat(broker.freshSettings(4)).isNotEqualTo(settings);
        try (Admin admin = new KafkaClients(settings).admin("test")) {
            new Topics(admin, settings).check();
        }
    }

    @Test
    void doesNotLetATestStopASharedBroker(TestBroker broker) {
        assertThatThrownBy(broker::stop).hasMessageContaining("@OwnBroker");
    }

    @Nested
    final class Inside {
        @Test
        void sharesTheBrokerOfTheClassAround(TestBroker broker) {
            assertThat(broker).isSameAs(field);
        }
    }
}
