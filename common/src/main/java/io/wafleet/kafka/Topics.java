package io.wafleet.kafka;

import io.wafleet.contract.Topic;
import io.wafleet.settings.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates the fleet's topics and checks those that exist: partition counts and clean-up policies are part of the protocol. */
public final class Topics {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration LEADER_TIMEOUT = Duration.ofSeconds(60);

    private final Admin admin;
    private final KafkaSettings settings;

    public Topics(Admin admin, KafkaSettings settings) {
        this.admin = admin;
        this.settings = settings;
    }

    /**
     * What creating and checking found.
     *
     * @param created names of topics made now
     * @param existing names of topics that were there and fit
     */
    public record Report(List<String> created, List<String> existing) {}

    /**
     * Creates what is missing, unless what exists does not fit, then waits until every partition has a leader (an idempotent producer that writes earlier falls
     * into a retry storm: measured).
     *
     * @param replication copies of each partition; 0 leaves it to the broker
     * @throws TopicMismatchException when a topic exists with other partitions or another clean-up policy
     * @throws BrokerUnreachableException when the broker does not answer
     */
    public Report create(int replication) {
        Map<String, TopicDescription> found = describe();
        refuse(partitionProblems(found));
        List<NewTopic> missing = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            String name = topic.name(settings.topicPrefix());
            if (!found.containsKey(name)) {
                missing.add(new NewTopic(name, Optional.of(topic.partitions(settings.partitions())),
                        replication == 0 ? Optional.empty() : Optional.of((short) replication))
                        .configs(topic.config()));
            }
        }
        admin.createTopics(missing).values().values().forEach(f -> {
            try {
                await(f);
            } catch (TopicExistsException _) {
                // Somebody else made it at the same time; the check below looks at it.
            }
        });
        awaitLeaders();
        check();
        List<String> created = missing.stream().map(NewTopic::name).toList();
        return new Report(created, found.keySet().stream().sorted().toList());
    }

    /**
     * Checks that every topic exists and fits.
     *
     * @throws TopicMismatchException naming each topic that does not, with both numbers
     * @throws BrokerUnreachableException when the broker does not answer
     */
    public void check() {
        Map<String, TopicDescription> found = describe();
        List<String> problems = partitionProblems(found);
        List<String> missing = Arrays.stream(Topic.values()).map(t -> t.name(settings.topicPrefix()))
                .filter(name -> !found.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            problems.add("topics missing: " + String.join(", ", missing) + "; create them with: wafleet topics");
        }
        if (problems.isEmpty()) {
            checkPolicies(problems);
        }
        refuse(problems);
    }

    private static void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new TopicMismatchException(problems);
        }
    }

    /** Of the topics that exist. */
    private List<String> partitionProblems(Map<String, TopicDescription> found) {
        List<String> problems = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            TopicDescription description = found.get(topic.name(settings.topicPrefix()));
            int wanted = topic.partitions(settings.partitions());
            if (description != null && description.partitions().size() != wanted) {
                problems.add("topic " + description.name() + " has " + description.partitions().size()
                        + " partitions, but " + KafkaSettings.PARTITIONS.option() + " says " + wanted);
            }
        }
        return problems;
    }

    private void checkPolicies(List<String> problems) {
        List<ConfigResource> resources = Arrays.stream(Topic.values())
                .map(t -> new ConfigResource(ConfigResource.Type.TOPIC, t.name(settings.topicPrefix()))).toList();
        Map<ConfigResource, Config> configs = await(admin.describeConfigs(resources).all());
        for (Topic topic : Topic.values()) {
            String name = topic.name(settings.topicPrefix());
            String wanted = topic.config().get("cleanup.policy");
            Config config = configs.get(new ConfigResource(ConfigResource.Type.TOPIC, name));
            String is = config == null ? "" : config.get("cleanup.policy").value();
            if (!List.of(is.split(",")).containsAll(List.of(String.valueOf(wanted).split(",")))
                    || is.length() != String.valueOf(wanted).length()) {
                problems.add("topic " + name + " has cleanup.policy " + is + ", but must have " + wanted);
            }
        }
    }

    /** Asks each leader itself: the broker's own view is ahead of its partitions while it is still making them. */
    private void awaitLeaders() {
        Map<TopicPartition, OffsetSpec> all = new HashMap<>();
        for (Topic topic : Topic.values()) {
            for (int p = 0; p < topic.partitions(settings.partitions()); p++) {
                all.put(new TopicPartition(topic.name(settings.topicPrefix()), p), OffsetSpec.latest());
            }
        }
        long deadline = System.nanoTime() + LEADER_TIMEOUT.toNanos();
        while (true) {
            try {
                await(admin.listOffsets(all).all());
                return;
            } catch (RetriableException | BrokerUnreachableException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw new BrokerUnreachableException(
                            "partitions of new topics do not answer yet: " + e.getMessage());
                }
                pause();
            }
        }
    }

    private Map<String, TopicDescription> describe() {
        List<String> names = Arrays.stream(Topic.values()).map(t -> t.name(settings.topicPrefix()))
                .collect(Collectors.toList());
        Map<String, TopicDescription> found = new HashMap<>();
        admin.describeTopics(names).topicNameValues().forEach((name, future) -> {
            try {
                found.put(name, await(future));
            } catch (UnknownTopicOrPartitionException _) {
                // Not there: the caller decides what that means.
            }
        });
        return found;
    }

    private <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw new BrokerUnreachableException("no answer from Kafka at " + settings.bootstrapServers());
            }
            if (e.getCause() instanceof RuntimeException runtime) {
                throw runtime;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException _) {
            throw new BrokerUnreachableException("no answer from Kafka at " + settings.bootstrapServers());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new BrokerUnreachableException("interrupted while waiting for Kafka");
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new BrokerUnreachableException("interrupted while waiting for Kafka");
        }
    }
}
