package io.wafleet.worker.kafka;

import io.wafleet.settings.Timings;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this broker hands partitions out, and how fast it can notice a dead worker: found out at start, since brokers bound it.
 *
 * @param name {@code consumer} (KIP-848) or {@code classic}
 * @param timings those that this broker really grants
 */
public record GroupProtocol(String name, Timings timings) {
    private static final Logger LOG = LoggerFactory.getLogger(GroupProtocol.class);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(15);

    private static final Duration PROPAGATION = Duration.ofSeconds(10);

    /** What a person wants. */
    public enum Choice {
        /** KIP-848 where the broker offers it with the timings wanted, else classic. */
        AUTO, CONSUMER, CLASSIC
    }

    /** Asks the broker, sets the group's own timings there where it lets us, and logs the failover bound. */
    public static GroupProtocol choose(Admin admin, Choice choice, String group, Timings wanted) {
        GroupProtocol chosen = switch (choice) {
            case CONSUMER -> consumer(admin, group, wanted);
            case CLASSIC -> classic(admin, wanted);
            case AUTO -> auto(admin, group, wanted);
        };
        LOG.info("group protocol {}: a dead worker is noticed after {} ms at the latest (heartbeat every {} ms)",
                chosen.name,
                chosen.timings.session().plus(chosen.timings.heartbeat()).toMillis(),
                chosen.timings.heartbeat().toMillis());
        if (chosen.timings.session().compareTo(wanted.session()) > 0) {
            LOG.warn("this broker allows no session timeout below {} ms: failover takes that long, not {} ms",
                    chosen.timings.session().toMillis(), wanted.session().toMillis());
        }
        return chosen;
    }

    private static GroupProtocol auto(Admin admin, String group, Timings wanted) {
        var features = get(admin.describeFeatures().featureMetadata()).finalizedFeatures();
        if (!features.containsKey("group.version")) {
            return classic(admin, wanted);
        }
        GroupProtocol consumer = consumer(admin, group, wanted);
        if (consumer.timings.session().compareTo(wanted.session()) <= 0 || hasMembers(admin, group)) {
            return consumer;
        }
        GroupProtocol classic = classic(admin, wanted);
        return classic.timings.session().compareTo(consumer.timings.session()) < 0 ? classic : consumer;
    }

    private static GroupProtocol consumer(Admin admin, String group, Timings wanted) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        if (hasMembers(admin, group)) {
            return adopted(described(admin, resource, wanted), wanted);
        }
        boolean isSet = set(admin, resource, wanted);
        long deadline = System.nanoTime() + PROPAGATION.toNanos();
        GroupProtocol now = described(admin, resource, wanted);
        // What was set takes a moment to reach every broker; until then the old values are told.
        while (isSet && !now.isAsWanted(wanted) && System.nanoTime() - deadline < 0) {
            java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            now = described(admin, resource, wanted);
        }
        return now;
    }

    /** Both: a broker whose own session timeout is the one wanted may still tell its own heartbeat interval. */
    private boolean isAsWanted(Timings wanted) {
        return timings.session().equals(wanted.session()) && timings.heartbeat().equals(wanted.heartbeat());
    }

    /** The group's session timeout holds for all members: shortened under a living one, its lease would outlive its session. */
    private static GroupProtocol adopted(GroupProtocol now, Timings wanted) {
        if (!now.timings.session().equals(wanted.session())) {
            LOG.warn("living workers hold the session timeout at {} ms; {} ms need all of them stopped first",
                    now.timings.session().toMillis(), wanted.session().toMillis());
        }
        return now;
    }

    private static boolean hasMembers(Admin admin, String group) {
        try {
            return get(admin.describeConsumerGroups(List.of(group)).all()).values().stream()
                    .anyMatch(described -> !described.members().isEmpty());
        } catch (GroupIdNotFoundException _) {
            return false;
        }
    }

    private static GroupProtocol described(Admin admin, ConfigResource resource, Timings wanted) {
        var config = get(admin.describeConfigs(List.of(resource)).all()).get(resource);
        Duration session = millis(config == null ? null : config.get("consumer.session.timeout.ms"), wanted.session());
        Duration heartbeat = millis(config == null ? null : config.get("consumer.heartbeat.interval.ms"),
                wanted.heartbeat());
        return new GroupProtocol("consumer", granted(wanted, session, heartbeat));
    }

    private static GroupProtocol classic(Admin admin, Timings wanted) {
        Duration least = wanted.session();
        Collection<org.apache.kafka.common.Node> nodes = get(admin.describeCluster().nodes());
        for (var node : nodes) {
            ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, node.idString());
            var config = get(admin.describeConfigs(List.of(resource)).all()).get(resource);
            Duration min = millis(config == null ? null : config.get("group.min.session.timeout.ms"), least);
            least = min.compareTo(least) > 0 ? min : least;
        }
        Duration heartbeat = least.equals(wanted.session()) ? wanted.heartbeat() : least.dividedBy(5);
        return new GroupProtocol("classic", granted(wanted, least, heartbeat));
    }

    private static Timings granted(Timings wanted, Duration session, Duration heartbeat) {
        Duration maxPoll = wanted.maxPoll().compareTo(session) < 0 ? session : wanted.maxPoll();
        return new Timings(session, heartbeat, wanted.margin(), maxPoll);
    }

    /**
     * Both at once: the broker wants the session to be longer than the heartbeat interval at every moment.
     *
     * @return false when the broker refuses
     */
    private static boolean set(Admin admin, ConfigResource resource, Timings wanted) {
        try {
            get(admin.incrementalAlterConfigs(Map.<ConfigResource, Collection<AlterConfigOp>>of(resource,
                    List.of(set("consumer.session.timeout.ms", wanted.session()),
                            set("consumer.heartbeat.interval.ms", wanted.heartbeat()))))
                    .all());
            return true;
        } catch (org.apache.kafka.common.errors.ApiException e) {
            LOG.warn("broker does not let the group's session timeout be set to {} ms: {}", wanted.session().toMillis(),
                    e.getMessage());
            return false;
        }
    }

    private static AlterConfigOp set(String key, Duration value) {
        return new AlterConfigOp(new ConfigEntry(key, Long.toString(value.toMillis())), AlterConfigOp.OpType.SET);
    }

    private static Duration millis(@org.jspecify.annotations.Nullable ConfigEntry entry, Duration otherwise) {
        return entry == null || entry.value() == null ? otherwise : Duration.ofMillis(Long.parseLong(entry.value()));
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException unanswered) {
                // Not a refusal: what was asked for may still come about.
                throw new io.wafleet.kafka.BrokerUnreachableException(
                        "Kafka does not answer: " + unanswered.getMessage());
            }
            throw e.getCause() instanceof RuntimeException runtime ? runtime : new IllegalStateException(e.getCause());
        } catch (TimeoutException _) {
            throw new io.wafleet.kafka.BrokerUnreachableException("Kafka does not answer");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new io.wafleet.kafka.BrokerUnreachableException("interrupted while waiting for Kafka");
        }
    }

    /** What a member's consumer is to be given. */
    public Map<String, Object> consumerConfig() {
        int maxPoll = Math.toIntExact(timings.maxPoll().toMillis());
        if (name.equals("consumer")) {
            return Map.of(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer", ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG,
                    "uniform", ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, maxPoll);
        }
        return Map.of(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic", ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                Math.toIntExact(timings.session().toMillis()), ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                Math.toIntExact(timings.heartbeat().toMillis()), ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName(), ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, maxPoll);
    }
}
