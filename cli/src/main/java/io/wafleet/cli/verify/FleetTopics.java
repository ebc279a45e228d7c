package io.wafleet.cli.verify;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Command;
import io.wafleet.contract.Event;
import io.wafleet.contract.JournalKey;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.Topic;
import io.wafleet.kafka.AccountPartitions;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.settings.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** What the topics hold of an account, read from the beginning to the end of its partition. Thread-safe. */
public final class FleetTopics {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaSettings kafka;
    private final AccountPartitions partitions;

    FleetTopics(KafkaSettings kafka) {
        this.kafka = kafka;
        this.partitions = new AccountPartitions(kafka.partitions());
    }

    public int partition(AccountId account) {
        return partitions.of(account);
    }

    /** How many parts of its credentials the journal holds. */
    public long credentials(AccountId account) {
        String prefix = "credential/" + account.value() + "/";
        Map<String, Boolean> parts = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records(Topic.JOURNAL, account)) {
            String key = key(record);
            if (key.startsWith(prefix)) {
                parts.put(key, record.value() != null);
            }
        }
        return parts.values().stream().filter(isThere -> isThere).count();
    }

    /** How many records the topic holds for it. */
    public long count(Topic topic, AccountId account) {
        return records(topic, account).stream().filter(record -> key(record).equals(account.value())).count();
    }

    /** How many inbound messages were told as facts. */
    public long inbound(AccountId account) {
        return events(Event.InboundMessage.class, account.value(), account);
    }

    /** How many events of this kind there were of the account's partition. */
    public long events(Class<? extends Event> kind, AccountId account) {
        return events(kind, new JournalKey.Partition().text(), account);
    }

    private long events(Class<? extends Event> kind, String key, AccountId account) {
        return records(Topic.EVENTS, account).stream().filter(record -> key(record).equals(key)
                && record.value() != null && kind.isInstance(JsonCodec.decode(record.value(), Event.class))).count();
    }

    /** Writes a command as a gateway would. */
    public void write(Command command) {
        try (Producer<byte[], byte[]> producer = new KafkaClients(kafka).producer("verify", Map.of())) {
            var _ = producer.send(new ProducerRecord<>(Topic.COMMANDS.name(kafka.topicPrefix()),
                    partitions.of(command.account()), command.account().value().getBytes(StandardCharsets.UTF_8),
                    JsonCodec.encode(command)));
            producer.flush();
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> records(Topic topic, AccountId account) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        TopicPartition from = new TopicPartition(topic.name(kafka.topicPrefix()), partitions.of(account));
        try (Consumer<byte[], byte[]> consumer = new KafkaClients(kafka).consumer("verify", Map.of())) {
            consumer.assign(List.of(from));
            consumer.seekToBeginning(List.of(from));
            long end = consumer.endOffsets(List.of(from)).getOrDefault(from, 0L);
            while (consumer.position(from) < end) {
                consumer.poll(POLL).forEach(all::add);
            }
        }
        return all;
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    }
}
