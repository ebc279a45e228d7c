package io.wafleet.kafka;

import io.wafleet.settings.KafkaSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes Kafka clients with the settings that all of ours share; keys and values are bytes. */
public final class KafkaClients {
    private final KafkaSettings settings;
    private final Properties shared;

    /**
     * @throws UncheckedIOException when the client settings file cannot be read
     */
    public KafkaClients(KafkaSettings settings) {
        this.settings = settings;
        this.shared = shared(settings);
    }

    public KafkaSettings settings() {
        return settings;
    }

    /** What every client of the fleet is given; for Streams, which makes its own clients. */
    public Properties sharedProperties() {
        Properties copy = new Properties();
        copy.putAll(shared);
        return copy;
    }

    /** An admin client whose calls fail, rather than hang, when the broker does not answer for some seconds. */
    public Admin admin(String clientId) {
        return Admin.create(with(clientId, Map.of(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000)));
    }

    /** An idempotent producer with acks=all and a linger of 1 ms. */
    public Producer<byte[], byte[]> producer(String clientId, Map<String, Object> further) {
        Properties properties = with(clientId, Map.of(ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true, ProducerConfig.LINGER_MS_CONFIG, 1));
        properties.putAll(further);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A consumer that reads committed records, commits nothing by itself and never resets silently. */
    public Consumer<byte[], byte[]> consumer(String clientId, Map<String, Object> further) {
        Properties properties = with(clientId,
                Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false));
        properties.putAll(further);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Properties with(String clientId, Map<String, Object> more) {
        Properties properties = sharedProperties();
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId.toLowerCase(Locale.ROOT));
        properties.putAll(more);
        return properties;
    }

    private static Properties shared(KafkaSettings settings) {
        Properties properties = new Properties();
        settings.clientConfig().ifPresent(file -> {
            try (InputStream in = Files.newInputStream(file)) {
                properties.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + KafkaSettings.CLIENT_CONFIG.option(), e);
            }
        });
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        // A broker that restarts must be found again quickly: the failover bound hangs on it.
        properties.putIfAbsent(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 20);
        properties.putIfAbsent(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200);
        // We have our own metrics endpoint; nobody reads JMX here, and telemetry push only logs.
        properties.putIfAbsent("enable.metrics.push", "false");
        return properties;
    }
}
