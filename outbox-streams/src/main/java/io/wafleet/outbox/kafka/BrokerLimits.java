package io.wafleet.outbox.kafka;

import io.wafleet.settings.Timings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the broker permits of the timings, found out at start.
 *
 * @param minSession the shortest session timeout it lets a group member have
 * @param rollBackEvery how often it looks for transactions that ran out of time
 */
record BrokerLimits(Duration minSession, Duration rollBackEvery) {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerLimits.class);
    private static final Duration ASK = Duration.ofSeconds(10);
    private static final String MIN_SESSION = "group.min.session.timeout.ms";
    private static final String ROLL_BACK = "transaction.abort.timed.out.transaction.cleanup.interval.ms";
    /** What a broker has that nobody tuned. */
    private static final BrokerLimits DEFAULTS = new BrokerLimits(Duration.ofSeconds(6), Duration.ofSeconds(10));

    /** Asks one broker; where it may not be asked, the defaults are assumed. */
    static BrokerLimits of(Admin admin) {
        try {
            Node node = admin.describeCluster().nodes().get(ASK.toMillis(), TimeUnit.MILLISECONDS).iterator().next();
            ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, node.idString());
            Map<ConfigResource, Config> configs = admin.describeConfigs(List.of(broker)).all().get(ASK.toMillis(),
                    TimeUnit.MILLISECONDS);
            Optional<Config> config = Optional.ofNullable(configs.get(broker));
            return new BrokerLimits(value(config, MIN_SESSION, DEFAULTS.minSession),
                    value(config, ROLL_BACK, DEFAULTS.rollBackEvery));
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.info("the broker does not tell its limits, so its defaults are assumed: {}", e.toString());
            return DEFAULTS;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return DEFAULTS;
        }
    }

    /** The session timeout that is wanted, or the shortest that is allowed. */
    Duration session(Timings timings) {
        return timings.session().compareTo(minSession) < 0 ? minSession : timings.session();
    }

    /** How long after an instance's death its partitions may stand still: until it is missed, and its transaction rolled back. */
    Duration failover(Timings timings) {
        Duration rolledBack = timings.transactionTimeout().plus(rollBackEvery);
        Duration missed = session(timings);
        return missed.compareTo(rolledBack) > 0 ? missed : rolledBack;
    }

    private static Duration value(Optional<Config> config, String name, Duration otherwise) {
        return config.map(c -> c.get(name)).map(ConfigEntry::value).map(v -> Duration.ofMillis(Long.parseLong(v)))
                .orElse(otherwise);
    }
}
