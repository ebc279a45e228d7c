package io.wafleet.cli.bench;

import io.wafleet.cli.fleet.FleetException;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.JournalKey;
import io.wafleet.contract.JournalRecord;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.Topic;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.worker.sealing.CredentialCipher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The journal of partition 0, as a bare consumer sees it.
 *
 * @param records that a reader of committed records is given
 * @param bytes of their keys and values
 * @param readIn how long reading them took
 */
record JournalOnDisk(long records, long bytes, Duration readIn) {
    private static final Duration POLL = Duration.ofMillis(20);

    /** Makes every account's credentials as large as wanted, in parts that no connector looks at. */
    static void enlarge(KafkaClients clients, CredentialCipher cipher, List<AccountId> accounts,
            TakeoverOptions options) {
        Random random = new Random(1);
        byte[] part = new byte[Math.max(1, options.credentialsKb() * 1000 / options.credentialParts())];
        String topic = Topic.JOURNAL.name(clients.settings().topicPrefix());
        try (Producer<byte[], byte[]> producer = clients.producer("bench-journal", Map.of())) {
            AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
            for (AccountId account : accounts) {
                for (int i = 0; i < options.credentialParts(); i++) {
                    String name = "padding-" + i;
                    random.nextBytes(part);
                    JournalRecord record = new JournalRecord.Credential(account, name,
                            cipher.seal(account, name, part));
                    var _ = producer.send(new ProducerRecord<>(topic, 0,
                            new JournalKey.Credential(account, name).text().getBytes(StandardCharsets.UTF_8),
                            JsonCodec.encode(record)), (_, error) -> failure.compareAndSet(null, error));
                }
            }
            producer.flush();
            Exception failed = failure.get();
            if (failed != null) {
                throw new FleetException("the journal could not be written: " + failed.getMessage());
            }
        }
    }

    /** Reads it from the beginning to the end. */
    static JournalOnDisk read(KafkaClients clients) {
        TopicPartition partition = new TopicPartition(Topic.JOURNAL.name(clients.settings().topicPrefix()), 0);
        try (Consumer<byte[], byte[]> consumer = clients.consumer("bench-journal-floor",
                Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2000))) {
            long begun = System.nanoTime();
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            long records = 0;
            long bytes = 0;
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    records++;
                    bytes += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
                }
            }
            return new JournalOnDisk(records, bytes, Duration.ofNanos(System.nanoTime() - begun));
        }
    }
}
