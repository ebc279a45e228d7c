package io.wafleet.cli.bench;

import io.wafleet.contract.Topic;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.settings.Timings;
import io.wafleet.worker.kafka.GroupProtocol;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * A consumer that does nothing but belong to a group set up as the workers' is: what Kafka alone needs to hand partitions over. It
 * prints a line for each callback: {@code assigned}, {@code revoked} or {@code lost}, and the partitions.
 */
public final class BareMember {
    private static final Duration POLL = Duration.ofMillis(10);

    private final PrintStream out;

    private BareMember(PrintStream out) {
        this.out = out;
    }

    /** Belongs to the group until told to stop; then leaves it. */
    public static void run(KafkaSettings kafka, Timings timings, GroupProtocol.Choice choice, PrintStream out,
            CompletionStage<Void> stop) {
        KafkaClients clients = new KafkaClients(kafka);
        String group = kafka.topicPrefix() + "bench";
        Map<String, Object> config = new HashMap<>();
        try (Admin admin = clients.admin("bench-member")) {
            config.putAll(GroupProtocol.choose(admin, choice, group, timings).consumerConfig());
        }
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        try (Consumer<byte[], byte[]> consumer = clients.consumer("bench-member", config)) {
            var _ = stop.thenRun(consumer::wakeup);
            consumer.subscribe(List.of(Topic.COMMANDS.name(kafka.topicPrefix())),
                    new BareMember(out).new Callbacks(consumer));
            while (!Thread.currentThread().isInterrupted()) {
                consumer.poll(POLL);
            }
        } catch (WakeupException _) {
            // Told to stop; closing the consumer left the group.
        }
    }

    private void say(String what, Collection<TopicPartition> partitions) {
        out.println(what + " "
                + partitions.stream().map(p -> Integer.toString(p.partition())).collect(Collectors.joining(" ")));
        out.flush();
    }

    private final class Callbacks implements ConsumerRebalanceListener {
        private final Consumer<byte[], byte[]> consumer;

        Callbacks(Consumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            say("assigned", partitions);
            consumer.pause(partitions);
            partitions.forEach(p -> consumer.seek(p, 0));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            say("revoked", partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            say("lost", partitions);
        }
    }
}
