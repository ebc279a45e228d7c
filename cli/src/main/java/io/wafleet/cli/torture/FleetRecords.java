package io.wafleet.cli.torture;

import io.wafleet.cli.fleet.EpochWatch;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.Event;
import io.wafleet.contract.JournalRecord;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MessageContentRecord;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.contract.Topic;
import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.settings.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What the topics say, read to their ends: what anybody else would know of the fleet. */
final class FleetRecords {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final List<Topic> READ = List.of(Topic.EVENTS, Topic.JOURNAL, Topic.MESSAGE_STATUS,
            Topic.DEAD_LETTERS);

    private final String prefix;
    private final EpochWatch epochs = new EpochWatch();
    private final Set<Inbound> inbound = new HashSet<>();
    private final Map<String, MessageStatus> statuses = new HashMap<>();
    private long deadLetters;

    /** A message for an account. */
    record Inbound(AccountId account, MessageId message) {}

    private FleetRecords(String prefix) {
        this.prefix = prefix;
    }

    static FleetRecords read(KafkaSettings kafka) {
        FleetRecords records = new FleetRecords(kafka.topicPrefix());
        List<TopicPartition> all = new ArrayList<>();
        for (Topic topic : READ) {
            for (int p = 0; p < topic.partitions(kafka.partitions()); p++) {
                all.add(new TopicPartition(topic.name(kafka.topicPrefix()), p));
            }
        }
        try (Consumer<byte[], byte[]> consumer = new KafkaClients(kafka).consumer("torture", Map.of())) {
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
                consumer.poll(POLL).forEach(records::take);
            }
        }
        return records;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(Topic.DEAD_LETTERS.name(prefix))) {
            deadLetters++;
            return;
        }
        if (record.key() == null || record.value() == null) {
            return;
        }
        try {
            if (record.topic().equals(Topic.EVENTS.name(prefix))) {
                event(record, JsonCodec.decode(record.value(), Event.class));
            } else if (record.topic().equals(Topic.MESSAGE_STATUS.name(prefix))) {
                if (!MessageContentRecord.isKey(record.key())) {
                    MessageStatusRecord status = JsonCodec.decode(record.value(), MessageStatusRecord.class);
                    statuses.put(status.message().value(), status.status());
                }
            } else if (new String(record.key(), StandardCharsets.UTF_8).equals("partition") && JsonCodec
                    .decode(record.value(), JournalRecord.class) instanceof JournalRecord.PartitionState now) {
                epochs.record(record.topic(), record.partition(), now.epoch());
            }
        } catch (UnreadableRecordException _) {
            deadLetters++;
        }
    }

    private void event(ConsumerRecord<byte[], byte[]> record, Event event) {
        epochs.record(record.topic(), record.partition(), event.epoch());
        if (event instanceof Event.InboundMessage message) {
            inbound.add(new Inbound(message.account(), message.message()));
        }
    }

    /** Messages for accounts that were told as facts, each once. */
    Set<Inbound> inbound() {
        return inbound;
    }

    /** How many of the messages have no status that says that they were sent. */
    long unsent(List<String> messages) {
        return messages.stream().filter(id -> {
            MessageStatus status = statuses.get(id);
            return status == null || !status.isSentOrLater();
        }).count();
    }

    long deadLetters() {
        return deadLetters;
    }

    long formerOwnerWrites() {
        return epochs.formerOwnerWrites();
    }
}
