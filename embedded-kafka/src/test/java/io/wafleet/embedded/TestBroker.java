package io.wafleet.embedded;

import io.wafleet.kafka.KafkaClients;
import io.wafleet.kafka.Topics;
import io.wafleet.settings.KafkaSettings;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;

/** A running broker, as one test class sees it. Thread-safe. */
public final class TestBroker implements AutoCloseable {
    private final BrokerUnderTest broker;
    private final boolean own;
    private final String prefix;
    private final AtomicInteger fresh = new AtomicInteger();
    private final Map<Integer, KafkaSettings> settings = new ConcurrentHashMap<>();

    private TestBroker(Class<?> testClass, BrokerUnderTest broker, boolean own) {
        this.broker = broker;
        this.own = own;
        String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        this.prefix = testClass.getSimpleName().toLowerCase(Locale.ROOT) + "-" + random + ".";
    }

    static TestBroker shared(Class<?> testClass, BrokerUnderTest broker) {
        return new TestBroker(testClass, broker, false);
    }

    static TestBroker own(Class<?> testClass) {
        return new TestBroker(testClass, BrokerUnderTest.startEmbedded(), true);
    }

    /** host:port; the same after a restart. */
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** A prefix for topics, groups and transactional ids that no other test class has. */
    public String prefix() {
        return prefix;
    }

    /** Settings with topics of so many partitions; the same topics at each call in a test class. */
    public KafkaSettings settings(int partitions) {
        return settings.computeIfAbsent(partitions, p -> create(prefix + p + "p.", p));
    }

    /** Settings with topics that nobody has used yet; others at each call. */
    public KafkaSettings freshSettings(int partitions) {
        return create(prefix + "fresh" + fresh.incrementAndGet() + ".", partitions);
    }

    /** Settings with a prefix of which no topic exists. */
    public KafkaSettings settingsWithoutTopics(int partitions) {
        return new KafkaSettings(bootstrapServers(), prefix + "none" + fresh.incrementAndGet() + ".", partitions,
                Optional.empty());
    }

    private KafkaSettings create(String topicPrefix, int partitions) {
        KafkaSettings created = new KafkaSettings(bootstrapServers(), topicPrefix, partitions, Optional.empty());
        try (Admin admin = new KafkaClients(created).admin("test-topics")) {
            new Topics(admin, created).create(1);
        }
        return created;
    }

    /** Ends the broker in order; its data stays. */
    public void stop() {
        requireOwn();
        broker.stop();
    }

    /** Starts the broker again, on the same port and data. */
    public void start() {
        requireOwn();
        broker.start();
    }

    public void restart() {
        stop();
        start();
    }

    private void requireOwn() {
        if (!own) {
            throw new IllegalStateException("other tests share this broker: put @OwnBroker on the test class");
        }
    }

    @Override
    public void close() {
        if (own) {
            broker.close();
        }
    }
}
