package io.wafleet.cli.load;

import io.wafleet.cli.fleet.FleetException;
import io.wafleet.kafka.KafkaClients;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Topics of the bench's own, as many partitions as the fleet's, on which its floors are measured. */
final class BareTopics {
    private final KafkaClients clients;

    BareTopics(KafkaClients clients) {
        this.clients = clients;
    }

    /** Makes a topic, and returns when it can be written. */
    String create(String name) {
        String topic = clients.settings().topicPrefix() + "bench-" + name;
        try (Admin admin = clients.admin("bench-topics")) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(clients.settings().partitions()),
                    Optional.empty()))).all().get();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new FleetException("interrupted");
        } catch (ExecutionException e) {
            throw new FleetException("no topic for the floor: " + e.getMessage());
        }
        return topic;
    }

    /** Gives the consumer all of the topic, from its end or its beginning. */
    void assign(Consumer<byte[], byte[]> consumer, String topic, boolean fromEnd) {
        List<TopicPartition> all = IntStream.range(0, clients.settings().partitions())
                .mapToObj(p -> new TopicPartition(topic, p)).toList();
        consumer.assign(all);
        if (fromEnd) {
            consumer.seekToEnd(all);
        } else {
            consumer.seekToBeginning(all);
        }
        all.forEach(consumer::position);
    }
}
