package io.wafleet.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Command;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.Content;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Event;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.Reply;
import io.wafleet.contract.Topic;
import io.wafleet.health.Health;
import io.wafleet.identity.AccountIds;
import io.wafleet.kafka.AccountPartitions;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.settings.Settings;
import io.wafleet.simulator.SimulatorRole;
import io.wafleet.simulator.SimulatorSettings;
import io.wafleet.worker.sealing.CredentialCipher;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

import static org.awaitility.Awaitility.await;

/** Workers, a simulator and a view of all that is committed, for tests: it plays gateway and outbox by hand. */
final class TestFleet implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    /** As brisk as the fast profile, but a machine that pauses for longer than a second loses nobody its partitions. */
    private static final Map<String, String> TIMINGS = Map.of("timing.profile", "fast", "session.timeout", "6s",
            "heartbeat.interval", "100ms");

    final SimulatorRole simulator;
    final MeterRegistry metrics = new SimpleMeterRegistry();
    final List<Event> events = new CopyOnWriteArrayList<>();
    final List<Reply> replies = new CopyOnWriteArrayList<>();
    final List<ConsumerRecord<byte[], byte[]>> deadLetters = new CopyOnWriteArrayList<>();
    private final KafkaSettings kafka;
    private final AccountPartitions partitions;
    private final Producer<byte[], byte[]> producer;
    private final Map<String, WorkerRole> workers = new HashMap<>();
    private final String keys = CredentialCipher.newKeySet();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Thread tail;
    private volatile boolean closed;

    TestFleet(KafkaSettings kafka) {
        this.kafka = kafka;
        this.partitions = new AccountPartitions(kafka.partitions());
        this.simulator = SimulatorRole.start(SimulatorSettings.from(Settings.of(Map.of("simulator.port", "0"))),
                new SimpleMeterRegistry(), new Health());
        KafkaClients clients = new KafkaClients(kafka);
        this.producer = clients.producer("test", Map.of());
        this.tail = Thread.ofPlatform().start(() -> tail(clients));
    }

    /**
     * @param more by key; with a timing profile, its timings count as they are
     */
    WorkerRole startWorker(String id, Map<String, String> more) {
        Map<String, String> options = new HashMap<>(Map.of("kafka.bootstrap", kafka.bootstrapServers(), "topic.prefix",
                kafka.topicPrefix(), "partitions", Integer.toString(kafka.partitions()), "worker.id", id,
                "connect.rate", "0", "credential.keys", keys, "simulator.url",
                "ws://127.0.0.1:" + simulator.port() + "/ws"));
        if (!more.containsKey("timing.profile")) {
            options.putAll(TIMINGS);
        }
        options.putAll(more);
        Settings settings = Settings.of(options);
        WorkerSettings read = WorkerSettings.from(settings);
        settings.check();
        WorkerRole role = WorkerRole.start(read, metrics, new Health());
        workers.put(id, role);
        return role;
    }

    void stopWorker(String id) {
        workers.remove(id).close();
    }

    /** Adds an account, scans its QR, waits until it is connected. */
    AccountId connect(String phone) {
        PhoneNumber number = new PhoneNumber(phone);
        AccountId account = new AccountIds("prod").of(number);
        link(account, number);
        await().atMost(PATIENCE).until(() -> last(Event.QrIssued.class, account) != null);
        scan(phone, account);
        awaitStatus(account, AccountStatus.CONNECTED);
        return account;
    }

    CommandId link(AccountId account, PhoneNumber phone) {
        CommandId id = new CommandId(UUID.randomUUID().toString());
        if (epoch(account).equals(Epoch.NONE)) {
            await().atMost(PATIENCE).until(() -> !epoch(account).equals(Epoch.NONE));
        }
        send(Topic.COMMANDS, account,
                new Command.LinkAccount(id, account, Instant.now(), epoch(account), phone, "Test"));
        return id;
    }

    /** Orders something of the account's owner, and waits for its answer. */
    Reply.CommandReply order(AccountId account, BiFunction<CommandId, Epoch, Command.AccountCommand> order) {
        CommandId id = new CommandId(UUID.randomUUID().toString());
        send(Topic.COMMANDS, account, order.apply(id, epoch(account)));
        await().atMost(PATIENCE).until(() -> replies.stream().anyMatch(r -> r.id().equals(id)));
        return (Reply.CommandReply) replies.stream().filter(r -> r.id().equals(id)).findFirst().orElseThrow();
    }

    CommandId rename(AccountId account, String name, Epoch epoch, Instant issuedAt) {
        CommandId id = new CommandId(UUID.randomUUID().toString());
        send(Topic.COMMANDS, account, new Command.RenameAccount(id, account, issuedAt, epoch, name));
        return id;
    }

    void dispatch(AccountId account, MessageId message, PhoneNumber to, Epoch epoch) {
        dispatch(account, message, to, new Content.Text("hello " + message), epoch);
    }

    void dispatch(AccountId account, MessageId message, PhoneNumber to, Content content, Epoch epoch) {
        send(Topic.COMMANDS, account,
                new Command.Dispatch(account, message, Chat.of(to), content, 1, epoch, Instant.now()));
    }

    void send(Topic topic, AccountId account, Object value) {
        raw(topic, partitions.of(account), account.value(), JsonCodec.encode(value));
    }

    void raw(Topic topic, int partition, String key, byte[] value) {
        try {
            producer.send(new ProducerRecord<>(topic.name(kafka.topicPrefix()), partition,
                    key.getBytes(StandardCharsets.UTF_8), value)).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    void scan(String phone, AccountId account) {
        post("/api/phones/" + phone.substring(1) + "/scan", "{\"account\":\"" + account.value() + "\"}");
    }

    String post(String path, String body) {
        return call(HttpRequest.newBuilder(uri(path)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    String put(String path, String body) {
        return call(HttpRequest.newBuilder(uri(path)).header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    String get(String path) {
        return call(HttpRequest.newBuilder(uri(path)).build());
    }

    String delete(String path) {
        return call(HttpRequest.newBuilder(uri(path)).DELETE().build());
    }

    /** Connections that the simulator has seen begin. */
    long connectsTotal() {
        return Long.parseLong(get("/api/ledger/summary").replaceAll("(?s).*\"connectsTotal\":(\\d+).*", "$1"));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + simulator.port() + path);
    }

    private String call(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(
                        request.uri() + " answered " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void awaitStatus(AccountId account, AccountStatus status) {
        await().atMost(PATIENCE).untilAsserted(() -> org.assertj.core.api.Assertions
                .assertThat(statuses(account)).as("statuses of %s", account).isNotEmpty().last()
                .extracting(Event.AccountStatusChanged::status).isEqualTo(status));
    }

    List<Event.AccountStatusChanged> statuses(AccountId account) {
        return all(Event.AccountStatusChanged.class, account);
    }

    <E extends Event.AccountEvent> E last(Class<E> type, AccountId account) {
        List<E> all = all(type, account);
        return all.isEmpty() ? null : all.getLast();
    }

    <E extends Event.AccountEvent> List<E> all(Class<E> type, AccountId account) {
        return events.stream().filter(type::isInstance).map(type::cast).filter(e -> e.account().equals(account))
                .toList();
    }

    Epoch epoch(AccountId account) {
        int partition = partitions.of(account);
        return events.stream().filter(e -> e instanceof Event.PartitionClaimed c && c.partition() == partition)
                .map(Event::epoch).max(Epoch::compareTo).orElse(Epoch.NONE);
    }

    List<Event.PartitionClaimed> claims() {
        return events.stream().filter(Event.PartitionClaimed.class::isInstance).map(Event.PartitionClaimed.class::cast)
                .toList();
    }

    /** The partitions that this worker claimed last. */
    Set<Integer> ownedBy(String worker) {
        return IntStream.range(0, kafka.partitions()).boxed()
                .filter(p -> claims().stream().filter(c -> c.partition() == p).reduce((_, newest) -> newest)
                        .filter(c -> c.worker().value().equals(worker)).isPresent())
                .collect(Collectors.toSet());
    }

    void awaitOwned(String worker, int partitions) {
        await().atMost(PATIENCE).until(() -> ownedBy(worker).size() == partitions);
    }

    int partition(AccountId account) {
        return partitions.of(account);
    }

    private void tail(KafkaClients clients) {
        try (Consumer<byte[], byte[]> consumer = clients.consumer("test-tail", Map.of())) {
            List<TopicPartition> all = new ArrayList<>();
            for (Topic topic : List.of(Topic.EVENTS, Topic.REPLIES, Topic.DEAD_LETTERS)) {
                IntStream.range(0, kafka.partitions())
                        .forEach(p -> all.add(new TopicPartition(topic.name(kafka.topicPrefix()), p)));
            }
            consumer.assign(all);
            consumer.seekToBeginning(all);
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                    if (record.topic().endsWith("dead-letters")) {
                        deadLetters.add(record);
                    } else if (record.topic().endsWith("events")) {
                        events.add(JsonCodec.decode(record.value(), Event.class));
                    } else {
                        replies.add(JsonCodec.decode(record.value(), Reply.class));
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        workers.values().forEach(WorkerRole::close);
        closed = true;
        try {
            tail.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
        simulator.close();
        http.close();
    }
}
