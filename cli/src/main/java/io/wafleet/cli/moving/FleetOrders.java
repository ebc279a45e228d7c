package io.wafleet.cli.moving;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Command.AccountCommand;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.Reply;
import io.wafleet.contract.Topic;
import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.contract.WorkerHeartbeat;
import io.wafleet.kafka.AccountPartitions;
import io.wafleet.kafka.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Gives orders for accounts to the owners of their partitions, and waits for the answers. An order is addressed to its owner's epoch; when the
 * owner changes meanwhile, it is answered as expired, and all orders for that account are given to the next owner. So they must be such that
 * doing them again does no harm.
 */
final class FleetOrders {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration SHORTEST_WATCH = Duration.ofSeconds(10);
    private static final Duration REPLY = Duration.ofSeconds(20);
    private static final int ATTEMPTS = 3;

    private final KafkaClients clients;
    private final AccountPartitions partitions;

    FleetOrders(KafkaClients clients) {
        this.clients = clients;
        this.partitions = new AccountPartitions(clients.settings().partitions());
    }

    /** What is ordered for an account, in this order, of the owner with this epoch. */
    interface Orders {
        List<AccountCommand> of(AccountId account, Epoch epoch);
    }

    /**
     * Waits until each account's partition shows a living owner. A heartbeat that was there before tells only how long a lease is: its worker
     * may be dead.
     *
     * @throws CannotMoveException when one does not
     */
    Map<Integer, Epoch> owners(Collection<AccountId> accounts) {
        Set<Integer> wanted = new TreeSet<>();
        accounts.forEach(account -> wanted.add(partitions.of(account)));
        Map<Integer, Epoch> owners = new HashMap<>();
        TopicPartition workers = at(Topic.WORKERS, 0);
        try (Consumer<byte[], byte[]> consumer = clients.consumer("moving", Map.of())) {
            consumer.assign(List.of(workers));
            consumer.seekToBeginning(List.of(workers));
            long end = consumer.endOffsets(List.of(workers)).getOrDefault(workers, 0L);
            long startNanos = System.nanoTime();
            Duration watch = SHORTEST_WATCH;
            while (!owners.keySet().containsAll(wanted) && System.nanoTime() - startNanos < watch.toNanos()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    WorkerHeartbeat heartbeat = decoded(record, WorkerHeartbeat.class);
                    if (heartbeat == null) {
                        continue;
                    }
                    Duration lease = Duration.ofMillis(heartbeat.leaseMs());
                    watch = watch.compareTo(lease) < 0 ? lease : watch;
                    if (record.offset() >= end) {
                        heartbeat.partitions().forEach((partition, epoch) -> owners.merge(partition, epoch,
                                (a, b) -> a.isOlderThan(b) ? b : a));
                    }
                }
            }
        }
        List<Integer> without = wanted.stream().filter(p -> !owners.containsKey(p)).toList();
        if (!without.isEmpty()) {
            throw new CannotMoveException("no live worker owns partitions " + without
                    + ": start the fleet's workers, or leave the fleet alone with --conversations-only");
        }
        return owners;
    }

    /**
     * Gives orders; when it returns the owners have carried them out.
     *
     * @throws CannotMoveException when an owner refuses, or does not answer; it can be said again
     */
    void carryOut(Collection<AccountId> accounts, Orders orders) {
        Collection<AccountId> left = accounts;
        for (int attempt = 1; !left.isEmpty(); attempt++) {
            if (attempt > ATTEMPTS) {
                throw new CannotMoveException("owners of " + left.size()
                        + " accounts keep changing: say it again when the fleet is at rest");
            }
            left = give(left, owners(left), orders);
        }
    }

    /** Returns those whose owner changed meanwhile. */
    private Set<AccountId> give(Collection<AccountId> accounts, Map<Integer, Epoch> owners, Orders orders) {
        Map<CommandId, AccountId> waiting = new HashMap<>();
        List<TopicPartition> replies = owners.keySet().stream().map(p -> at(Topic.REPLIES, p)).toList();
        try (Consumer<byte[], byte[]> consumer = clients.consumer("moving", Map.of());
                Producer<byte[], byte[]> producer = clients.producer("moving", Map.of())) {
            consumer.assign(replies);
            consumer.seekToEnd(replies);
            replies.forEach(consumer::position);
            for (AccountId account : accounts) {
                int partition = partitions.of(account);
                for (AccountCommand command : orders.of(account, owners.getOrDefault(partition, Epoch.NONE))) {
                    waiting.put(command.id(), account);
                    var _ = producer.send(new ProducerRecord<>(Topic.COMMANDS.name(prefix()), partition,
                            account.value().getBytes(StandardCharsets.UTF_8), JsonCodec.encode(command)));
                }
            }
            producer.flush();
            return await(consumer, waiting);
        }
    }

    private static Set<AccountId> await(Consumer<byte[], byte[]> consumer, Map<CommandId, AccountId> waiting) {
        Set<AccountId> again = new TreeSet<>();
        long startNanos = System.nanoTime();
        while (!waiting.isEmpty()) {
            if (System.nanoTime() - startNanos > REPLY.toNanos()) {
                throw new CannotMoveException("no answer from the owners of " + Set.copyOf(waiting.values()).size()
                        + " accounts: say it again");
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (decoded(record, Reply.class) instanceof Reply.CommandReply reply
                        && waiting.remove(reply.id()) != null && isExpired(reply)) {
                    again.add(reply.account());
                }
            }
        }
        return again;
    }

    private static boolean isExpired(Reply.CommandReply reply) {
        return switch (reply.result()) {
            case APPLIED -> false;
            case EXPIRED -> true;
            case REFUSED -> throw new CannotMoveException(
                    "the owner of " + reply.account() + " refuses it: " + reply.reason());
        };
    }

    /** Tells all records of some partitions, each partition's in their order, up to where they end now. */
    <T> void read(Topic topic, Collection<Integer> partitionsOfIt, Class<T> type,
            java.util.function.Consumer<T> sink) {
        List<TopicPartition> all = new ArrayList<>(partitionsOfIt.stream().map(p -> at(topic, p)).toList());
        try (Consumer<byte[], byte[]> consumer = clients.consumer("moving", Map.of())) {
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (all.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(POLL).forEach(record -> {
                    T value = decoded(record, type);
                    if (value != null) {
                        sink.accept(value);
                    }
                });
            }
        }
    }

    private static <T> @Nullable T decoded(ConsumerRecord<byte[], byte[]> record, Class<T> type) {
        try {
            return record.value() == null ? null : JsonCodec.decode(record.value(), type);
        } catch (UnreadableRecordException _) {
            return null; // The fleet's own readers tell of it.
        }
    }

    private TopicPartition at(Topic topic, int partition) {
        return new TopicPartition(topic.name(prefix()), partition);
    }

    private String prefix() {
        return clients.settings().topicPrefix();
    }
}
