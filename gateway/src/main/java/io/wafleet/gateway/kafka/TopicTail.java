package io.wafleet.gateway.kafka;

import io.wafleet.contract.Topic;
import io.wafleet.kafka.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all partitions of one topic into a view, without a group, on a thread of its own:
 * <ol>
 * <li>From the beginning or from the end; the end seen then is what the view must reach to be caught up.
 * <li>On and on. A record counts as live when it was written after that end.
 * <li>A consumer that fails is thrown away; a new one goes on where it stood, for ever, with a growing pause.
 * <li>After a silence longer than {@code silence} (this process slept, or was cut off) what comes first may be old: the end is
 * looked up anew, and what lies before it is not live.
 * </ol>
 */
final class TopicTail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicTail.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    /** Where reading begins. */
    enum From {
        BEGINNING, END
    }

    /** Takes the records; on the tail's thread. */
    @FunctionalInterface
    interface Sink {
        /**
         * @param live whether the record was written after the view had caught up
         */
        void read(ConsumerRecord<byte[], byte[]> record, boolean live);
    }

    /**
     * What is read, and how.
     *
     * @param stopsWhenCaughtUp whether the tail ends once it has read what was there at its start
     */
    record Course(Topic topic, From from, Duration silence, boolean stopsWhenCaughtUp) {}

    private final KafkaClients clients;
    private final String clientId;
    private final Course course;
    private final Sink sink;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean caughtUp;
    private long lastReadNanos;

    TopicTail(KafkaClients clients, String clientIdPrefix, Course course, Sink sink) {
        this.clients = clients;
        this.course = course;
        this.sink = sink;
        String topic = course.topic.name(clients.settings().topicPrefix());
        this.partitions = IntStream.range(0, course.topic.partitions(clients.settings().partitions()))
                .mapToObj(p -> new TopicPartition(topic, p)).toList();
        String name = course.topic.suffix() + (course.stopsWhenCaughtUp ? "-history" : "");
        this.clientId = clientIdPrefix + "-" + name;
        this.thread = Thread.ofPlatform().name("gateway-" + name).daemon().unstarted(this::run);
    }

    TopicTail start() {
        thread.start();
        return this;
    }

    /** Whether all that was there at the start is read. */
    boolean isCaughtUp() {
        return caughtUp;
    }

    private boolean isOver() {
        return closing.getCount() == 0 || (course.stopsWhenCaughtUp && caughtUp);
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        while (!isOver()) {
            long startedNanos = System.nanoTime();
            try (Consumer<byte[], byte[]> consumer = clients.consumer(clientId, Map.of())) {
                begin(consumer);
                while (!isOver()) {
                    read(consumer);
                }
            } catch (WakeupException _) {
                // Nobody wakes the consumer but close(), which the loop sees by itself.
            } catch (InvalidOffsetException e) {
                LOG.warn("{}: what was next is no longer kept, reading from the beginning: {}", clientId, e.toString());
                positions.clear();
            } catch (KafkaException e) {
                LOG.warn("{}: reading failed, trying again in {} ms: {}", clientId, pause.toMillis(), e.toString());
            }
            boolean workedAWhile = System.nanoTime() - startedNanos > LONGEST_PAUSE.toNanos();
            pause = workedAWhile ? FIRST_PAUSE : longer(pause);
            rest(pause);
        }
    }

    private void begin(Consumer<byte[], byte[]> consumer) {
        consumer.assign(partitions);
        if (ends.isEmpty()) {
            ends.putAll(consumer.endOffsets(partitions));
            if (course.from == From.END) {
                positions.putAll(ends);
            }
        }
        List<TopicPartition> fromBeginning = new ArrayList<>(partitions);
        fromBeginning.removeAll(positions.keySet());
        if (!fromBeginning.isEmpty()) { // Kafka takes "none" for "all".
            consumer.seekToBeginning(fromBeginning);
        }
        positions.forEach(consumer::seek);
        lastReadNanos = System.nanoTime();
    }

    private void read(Consumer<byte[], byte[]> consumer) {
        var records = consumer.poll(POLL);
        if (!records.isEmpty()) {
            long nowNanos = System.nanoTime();
            if (nowNanos - lastReadNanos > course.silence.toNanos()) {
                ends.putAll(consumer.endOffsets(partitions));
            }
            lastReadNanos = nowNanos;
            for (ConsumerRecord<byte[], byte[]> record : records) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                sink.read(record, record.offset() >= ends.getOrDefault(partition, 0L));
                positions.put(partition, record.offset() + 1);
            }
        }
        if (!caughtUp) {
            caughtUp = partitions.stream().allMatch(p -> consumer.position(p) >= ends.getOrDefault(p, 0L));
        }
    }

    private void rest(Duration pause) {
        if (isOver()) {
            return;
        }
        try {
            closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            closing.countDown();
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSE_TIMEOUT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
