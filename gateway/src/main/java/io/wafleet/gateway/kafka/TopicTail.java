package io.wafleet.gateway.kafka;

import io.wafleet.contract.Topic;
import io.wafleet.gateway.view.Recency;
import io.wafleet.kafka.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all partitions of one topic into a view, without a group, on a thread of its own:
 * <ol>
 * <li>From the beginning or from the end; the end seen then is what the view must reach to be caught up.
 * <li>On and on. Where signs of life are read, the tail asks again and again whether it has read everything; a record counts as
 * live only while it has lately proven that ({@link Recency}).
 * <li>A consumer that fails is thrown away; a new one goes on where it stood, for ever, with a growing pause.
 * </ol>
 */
final class TopicTail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicTail.class);
    private static final Duration POLL = Duration.ofMillis(200);
    /**
     * After records, so that the next come together: a transaction becomes visible partition by partition, and each fetch costs the broker
     * as much as the records in it.
     */
    private static final Duration BREATH = Duration.ofMillis(8);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration PROOF_TIMEOUT = Duration.ofSeconds(1);

    /** Where reading begins. */
    enum From {
        BEGINNING, END
    }

    /** Takes the records; on the tail's thread. */
    @FunctionalInterface
    interface Sink {
        /**
         * @param live whether the record was certainly written just now; never where no signs of life are read
         */
        void read(ConsumerRecord<byte[], byte[]> record, boolean live);
    }

    /**
     * What is read, and how.
     *
     * @param stopsWhenCaughtUp whether the tail ends once it has read what was there at its start
     * @param trust how long a proof of having read everything counts; zero where no signs of life are read
     */
    record Course(Topic topic, From from, boolean stopsWhenCaughtUp, Duration trust) {
        static Course whole(Topic topic) {
            return new Course(topic, From.BEGINNING, false, Duration.ZERO);
        }

        static Course untilNow(Topic topic) {
            return new Course(topic, From.BEGINNING, true, Duration.ZERO);
        }

        static Course fromNow(Topic topic) {
            return new Course(topic, From.END, false, Duration.ZERO);
        }

        static Course watched(Topic topic, Duration trust) {
            return new Course(topic, From.BEGINNING, false, trust);
        }

        boolean isWatched() {
            return !trust.isZero();
        }

        /** Nothing waits long behind a fetch where proofs are asked for. */
        Map<String, Object> consumerOptions() {
            return isWatched()
                    ? Map.of(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) poll().toMillis())
                    : Map.of();
        }

        /** Short enough that a proof is still good when a poll ends. */
        Duration poll() {
            return isWatched() && trust.dividedBy(4).compareTo(POLL) < 0 ? trust.dividedBy(4) : POLL;
        }
    }

    /**
     * Where the end was.
     *
     * @param atNanos before the question: what is written after the broker's answer is not covered by it
     */
    private record Asked(long atNanos, Map<TopicPartition, Long> ends) {}

    private final KafkaClients clients;
    private final String clientId;
    private final Course course;
    private final Sink sink;
    private final LongSupplier nanoTime;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean caughtUp;
    private Runnable whenCaughtUp = () -> {
    };
    private final Recency recency;
    private @Nullable Asked asked;

    TopicTail(KafkaClients clients, String clientIdPrefix, Course course, Sink sink, LongSupplier nanoTime) {
        this.clients = clients;
        this.nanoTime = nanoTime;
        this.course = course;
        this.sink = sink;
        this.recency = new Recency(course.trust);
        String topic = course.topic.name(clients.settings().topicPrefix());
        this.partitions = IntStream.range(0, course.topic.partitions(clients.settings().partitions()))
                .mapToObj(p -> new TopicPartition(topic, p)).toList();
        String name = course.topic.suffix() + (course.stopsWhenCaughtUp ? "-history" : "");
        this.clientId = clientIdPrefix + "-" + name;
        this.thread = Thread.ofPlatform().name("gateway-" + name).daemon().unstarted(this::run);
    }

    /** To be called before the start; runs once, on the tail's thread. */
    TopicTail whenCaughtUp(Runnable then) {
        whenCaughtUp = then;
        return this;
    }

    TopicTail start() {
        thread.start();
        return this;
    }

    /** Whether all that was there at the start is read. */
    boolean isCaughtUp() {
        return caughtUp;
    }

    String name() {
        return thread.getName();
    }

    boolean isRunning() {
        return thread.isAlive();
    }

    private boolean isOver() {
        return closing.getCount() == 0 || (course.stopsWhenCaughtUp && caughtUp);
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        while (!isOver()) {
            long startedNanos = nanoTime.getAsLong();
            try (Consumer<byte[], byte[]> consumer = clients.consumer(clientId,
                    course.consumerOptions())) {
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
            } catch (RuntimeException e) {
                // A defect. Without this thread the view would stand still, and look alive.
                LOG.error("{}: reading failed, trying again in {} ms", clientId, pause.toMillis(), e);
            }
            boolean workedAWhile = nanoTime.getAsLong() - startedNanos > LONGEST_PAUSE.toNanos();
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
        asked = null;
        recency.begin();
    }

    private void read(Consumer<byte[], byte[]> consumer) {
        if (course.isWatched()) {
            prove(consumer);
        }
        ConsumerRecords<byte[], byte[]> records = consumer.poll(course.poll());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            sink.read(record, recency.isNews(nanoTime.getAsLong()));
            positions.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        }
        if (!caughtUp && partitions.stream().allMatch(p -> consumer.position(p) >= ends.getOrDefault(p, 0L))) {
            whenCaughtUp.run();
            caughtUp = true;
        }
        if (caughtUp && !records.isEmpty()) {
            rest(BREATH);
        }
    }

    /**
     * Asks where the end is, and remembers it until it is reached: the answer may come together with the next record, since the
     * broker keeps it behind a fetch that waits.
     */
    private void prove(Consumer<byte[], byte[]> consumer) {
        long nowNanos = nanoTime.getAsLong();
        try {
            if (asked == null && recency.needsProof(nowNanos)) {
                asked = new Asked(nowNanos, consumer.endOffsets(partitions, PROOF_TIMEOUT));
            }
            if (asked != null && asked.ends.entrySet().stream()
                    .allMatch(end -> consumer.position(end.getKey(), PROOF_TIMEOUT) >= end.getValue())) {
                recency.proven(asked.atNanos);
                asked = null;
            }
        } catch (TimeoutException _) {
            // The broker is away. Nothing is proven, so nobody gives a sign of life.
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

    /** Without waiting for the end. */
    void askToEnd() {
        closing.countDown();
    }

    @Override
    public void close() {
        askToEnd();
        if (thread.getState() == Thread.State.NEW) {
            return; // Nobody has started it, and whoever still does finds it over.
        }
        try {
            thread.join(CLOSE_TIMEOUT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
