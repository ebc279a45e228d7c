package io.wafleet.embedded;

import io.wafleet.contract.Topic;
import io.wafleet.kafka.BrokerUnreachableException;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.kafka.TopicMismatchException;
import io.wafleet.kafka.Topics;
import io.wafleet.settings.KafkaSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@ExtendWith(BrokerExtension.class)
final class TopicsIT {

    private static Topics.Report create(KafkaSettings settings) {
        try (Admin admin = new KafkaClients(settings).admin("test")) {
            return new Topics(admin, settings).create(1);
        }
    }

    private static void check(KafkaSettings settings) {
        try (Admin admin = new KafkaClients(settings).admin("test")) {
            new Topics(admin, settings).check();
        }
    }

    private static KafkaSettings with(KafkaSettings settings, int partitions) {
        return new KafkaSettings(settings.bootstrapServers(), settings.topicPrefix(), partitions, Optional.empty());
    }

    @Test
    void createsEachTopicAsTheCatalogueSaysAndOnlyOnce(TestBroker broker) throws Exception {
        KafkaSettings settings = broker.settingsWithoutTopics(3);
        List<String> names = Arrays.stream(Topic.values()).map(t -> t.name(settings.topicPrefix())).toList();
        assertThat(create(settings).created()).containsExactlyInAnyOrderElementsOf(names);
        Topics.Report again = create(settings);
        assertThat(again.created()).isEmpty();
        assertThat(again.existing()).containsExactlyInAnyOrderElementsOf(names);
        try (Admin admin = new KafkaClients(settings).admin("test")) {
            Map<String, TopicDescription> found = admin.describeTopics(names).allTopicNames().get();
            for (Topic topic : Topic.values()) {
                String name = topic.name(settings.topicPrefix());
                assertThat(found.get(name).partitions()).as(name).hasSize(topic.partitions(3));
                ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
                Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
                topic.config().forEach((key, value) -> assertThat(config.get(key).value()).as(name + " " + key)
                        .isEqualTo(value));
            }
        }
    }

    @Test
    void refusesAnotherNumberOfPartitionsNamingBothNumbers(TestBroker broker) {
        KafkaSettings settings = broker.settings(4);
        assertThatThrownBy(() -> check(with(settings, 8))).isInstanceOf(TopicMismatchException.class)
                .hasMessageContaining(
                        Topic.COMMANDS.name(settings.topicPrefix()) + " has 4 partitions, but --partitions says 8")
                .hasMessageNotContaining(Topic.WORKERS.name(settings.topicPrefix()));
        assertThatThrownBy(() -> create(with(settings, 8))).isInstanceOf(TopicMismatchException.class);
    }

    @Test
    void namesMissingTopicsAndWhatMakesThem(TestBroker broker) {
        KafkaSettings settings = broker.settingsWithoutTopics(4);
        assertThatThrownBy(() -> check(settings)).isInstanceOf(TopicMismatchException.class)
                .hasMessageContaining(Topic.JOURNAL.name(settings.topicPrefix()))
                .hasMessageContaining("wafleet topics");
    }

    @Test
    void refusesAnotherCleanUpPolicy(TestBroker broker) throws Exception {
        KafkaSettings settings = broker.freshSettings(1);
        String journal = Topic.JOURNAL.name(settings.topicPrefix());
        try (Admin admin = new KafkaClients(settings).admin("test")) {
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, journal),
                    List.of(new AlterConfigOp(new ConfigEntry("cleanup.policy", "delete"), AlterConfigOp.OpType.SET))))
                    .all().get();
        }
        // The broker's own view of a changed setting follows a moment later.
        await().untilAsserted(() -> assertThatThrownBy(() -> check(settings)).isInstanceOf(TopicMismatchException.class)
                .hasMessage("topic " + journal + " has cleanup.policy delete, but must have compact"));
    }

    @Test
    void saysThatNobodyAnswers() {
        KafkaSettings nowhere = new KafkaSettings("127.0.0.1:1", "x.", 1, Optional.empty());
        Map<String, Object> impatient = Map.of("bootstrap.servers", "127.0.0.1:1", "default.api.timeout.ms", 500,
                "request.timeout.ms", 500);
        try (Admin admin = Admin.create(impatient)) {
            assertThatThrownBy(() -> new Topics(admin, nowhere).check()).isInstanceOf(BrokerUnreachableException.class)
                    .hasMessageContaining("127.0.0.1:1");
        }
    }
}
