package io.wafleet.worker.kafka;

import io.wafleet.contract.TransactionalId;
import io.wafleet.contract.WorkerId;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.settings.Timings;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Makes incarnations of the worker's producer, each under a transactional id that was never used before. */
final class ProducerIncarnations {
    private final KafkaClients clients;
    private final WorkerId worker;
    private final String group;
    private final Timings timings;
    private final JournalEnds journals = new JournalEnds();
    private final SecureRandom random = new SecureRandom();
    private volatile TransactionalId newest;

    public ProducerIncarnations(KafkaClients clients, WorkerId worker, String group, Timings timings) {
        this.clients = clients;
        this.worker = worker;
        this.group = group;
        this.timings = timings;
        this.newest = newId();
    }

    /** The id of the newest incarnation. */
    TransactionalId newest() {
        return newest;
    }

    /**
     * A new incarnation, ready to write.
     *
     * @throws org.apache.kafka.common.KafkaException when the broker does not answer in time
     */
    ProducerIncarnation next() {
        TransactionalId id = newId();
        newest = id;
        int timeout = Math.toIntExact(timings.transactionTimeout().toMillis());
        Producer<byte[], byte[]> producer = clients.producer(id.value(),
                Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id.value(), ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        timeout, ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5, ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        Math.max(5000, timeout), ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(2000, timeout),
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.max(2000, timeout) + 100));
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            producer.close(java.time.Duration.ZERO);
            throw e;
        }
        return new ProducerIncarnation(id, producer, clients.settings().topicPrefix(), group, journals);
    }

    private TransactionalId newId() {
        byte[] bytes = new byte[6];
        random.nextBytes(bytes);
        return new TransactionalId(
                clients.settings().topicPrefix() + worker.value() + "-" + HexFormat.of().formatHex(bytes));
    }
}
