package io.wafleet.worker;

import io.wafleet.contract.Topic;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.kafka.Topics;
import io.wafleet.settings.KafkaSettings;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import static org.awaitility.Awaitility.await;

/** Loses the journal, as an operator does who deletes its topic. */
final class LostJournal {
    private LostJournal() {}

    /** Deletes the topic and makes it anew, empty. */
    static void of(KafkaSettings kafka) {
        String topic = Topic.JOURNAL.name(kafka.topicPrefix());
        try (Admin admin = new KafkaClients(kafka).admin("test-loses-the-journal")) {
            admin.deleteTopics(List.of(topic)).all().get();
            await().atMost(TestFleet.PATIENCE).until(() -> isGone(admin, topic));
            await().atMost(TestFleet.PATIENCE).until(() -> new Topics(admin, kafka).create(1).created()
                    .contains(topic));
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isGone(Admin admin, String topic) throws InterruptedException {
        try {
            var _ = admin.describeTopics(List.of(topic)).allTopicNames().get();
            return false;
        } catch (ExecutionException e) {
            return e.getCause() instanceof UnknownTopicOrPartitionException;
        }
    }
}
