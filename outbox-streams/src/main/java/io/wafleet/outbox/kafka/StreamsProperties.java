package io.wafleet.outbox.kafka;

import io.wafleet.kafka.KafkaClients;
import io.wafleet.settings.Timings;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The outbox's Streams settings. */
final class StreamsProperties {
    /** How long a thread waits for records before it looks at its alarms; also what a quiet record may wait for its commit. */
    private static final long POLL_MS = 10;

    /** Longer than any transaction collects: nobody sees a record before its transaction ends, and the end sends what still waits. */
    private static final long LINGER_MS = 1000;

    /** Some fifty requests: what was fetched is worked off before the next look, and an event that comes meanwhile waits for it. */
    private static final int FETCH_BYTES = 16 * 1024;

    /** By name: Kafka marks its constant as deprecated, and warns wherever it is not set. */
    private static final String GLOBAL_HANDLER = "processing.exception.handler.global.enabled";

    private StreamsProperties() {}

    static Properties of(KafkaClients clients, Timings timings, Duration session, StreamsOptions options,
            RocksMemory memory) {
        Properties p = clients.sharedProperties();
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(clients));
        p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        // Not the "streams" protocol: such a group cannot change its topology in place.
        p.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        // The outbox asks for its commits itself (Commits), which Streams' own interval does not count: it is for what nobody asked for.
        p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, timings.transactionTimeout().dividedBy(3).toMillis());
        p.put(StreamsConfig.POLL_MS_CONFIG, POLL_MS);
        // Of what is here an event goes first (EventsFirst); what is not here yet is not waited for.
        p.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, -1L);
        p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, options.threads());
        p.put(StreamsConfig.STATE_DIR_CONFIG, options.stateDir().toString());
        p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        p.put(GLOBAL_HANDLER, true);
        p.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        p.put(BoundedRocksDb.MEMORY, memory);
        standbys(p, clients, options);
        consumer(p, timings, session);
        producer(p, timings);
        return p;
    }

    static String applicationId(KafkaClients clients) {
        return clients.settings().topicPrefix() + "outbox";
    }

    private static void standbys(Properties p, KafkaClients clients, StreamsOptions options) {
        p.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, options.standbys());
        // A new instance warms up everything at once and is looked at again after a minute, the least that Streams allows.
        p.put(StreamsConfig.MAX_WARMUP_REPLICAS_CONFIG, clients.settings().partitions());
        p.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, Duration.ofMinutes(1).toMillis());
    }

    private static void consumer(Properties p, Timings timings, Duration session) {
        p.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), FETCH_BYTES);
        p.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), (int) session.toMillis());
        p.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                (int) timings.heartbeat().toMillis());
        p.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG),
                (int) timings.maxPoll().toMillis());
    }

    private static void producer(Properties p, Timings timings) {
        // A dead instance's open transaction hides what its successor writes, until the broker rolls it back.
        p.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                (int) timings.transactionTimeout().toMillis());
        // A transaction that begins right after another waits this long for the other's markers: measured.
        p.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 5L);
        // Each request of a transaction costs the broker a look at the transaction and a record about it: all in one, at its end.
        p.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), LINGER_MS);
    }
}
