package io.wafleet.gateway;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Command;
import io.wafleet.contract.Command.AccountCommand;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.DesiredState;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Event;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MessageContentRecord;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.contract.OutboxRequest;
import io.wafleet.contract.Pacing;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.Reply;
import io.wafleet.contract.Reply.CommandReply;
import io.wafleet.contract.Reply.CommandResult;
import io.wafleet.contract.Reply.RequestReply;
import io.wafleet.contract.Reply.RequestResult;
import io.wafleet.contract.Topic;
import io.wafleet.contract.TransactionalId;
import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.contract.WorkerHeartbeat;
import io.wafleet.contract.WorkerId;
import io.wafleet.kafka.AccountPartitions;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.settings.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A worker and an outbox in one, by hand: one thread that tells heartbeats, answers commands and requests, and writes the
 * changelogs. Tests change how it behaves while it runs.
 */
final class FakeFleet implements AutoCloseable {
    static final WorkerId WORKER = new WorkerId("worker-1");
    private static final Duration HEARTBEAT = Duration.ofMillis(250);
    /** Longer than any pause of a busy machine: only who is told to die is taken for dead. */
    private static final Duration LEASE = Duration.ofSeconds(20);
    private static final Duration LAST_LEASE = Duration.ofSeconds(1);

    /** How the fake answers an account command. */
    @FunctionalInterface
    interface Owner {
        /** Empty: it stays silent. */
        Optional<CommandReply> answer(AccountCommand command);
    }

    private final KafkaSettings settings;
    private final InstantSource clock;
    private final AccountPartitions partitions;
    private final Producer<byte[], byte[]> producer;
    private final Consumer<byte[], byte[]> consumer;
    private final Thread thread;
    private final Map<AccountId, AccountStatusRecord> accounts = new ConcurrentHashMap<>();
    private final Map<String, OutboxRequest.Send> keys = new HashMap<>();
    /** How many messages of each account were never ended. */
    private final Map<AccountId, Integer> waiting = new ConcurrentHashMap<>();
    private final List<OutboxRequest.Send> sends = new CopyOnWriteArrayList<>();
    private final List<AccountCommand> commands = new CopyOnWriteArrayList<>();
    private final List<String> misplaced = new CopyOnWriteArrayList<>();
    private volatile Owner owner = this::apply;
    private volatile @Nullable MessageStatus outcome = MessageStatus.SENT;
    private volatile boolean decides = true;
    private volatile Decision decision = about -> decided(about, RequestResult.ACCEPTED, null);
    private volatile boolean alive;
    private long sequence;
    private volatile boolean closed;
    private volatile Epoch epoch;

    FakeFleet(KafkaSettings settings) {
        this(settings, Duration.ZERO);
    }

    /**
     * @param clockOff how far its clock is ahead of the gateway's
     */
    FakeFleet(KafkaSettings settings, Duration clockOff) {
        this.clock = () -> Instant.now().plus(clockOff);
        this.epoch = new Epoch(now().getEpochSecond());
        this.settings = settings;
        this.partitions = new AccountPartitions(settings.partitions());
        KafkaClients clients = new KafkaClients(settings);
        this.producer = clients.producer("fake-fleet", Map.of());
        this.consumer = clients.consumer("fake-fleet", Map.of());
        List<TopicPartition> assigned = new ArrayList<>();
        for (Topic topic : List.of(Topic.COMMANDS, Topic.OUTBOX)) {
            IntStream.range(0, settings.partitions())
                    .forEach(p -> assigned.add(new TopicPartition(topic.name(settings.topicPrefix()), p)));
        }
        consumer.assign(assigned);
        consumer.seekToEnd(assigned);
        assigned.forEach(consumer::position);
        this.thread = Thread.ofPlatform().name("fake-fleet").start(this::run);
    }

    private Instant now() {
        return clock.instant();
    }

    /** Claims every partition, and lives from now on. */
    FakeFleet claimAll() {
        epoch = epoch.next(now());
        IntStream.range(0, settings.partitions()).forEach(p -> write(Topic.EVENTS, p, "partition",
                new Event.PartitionClaimed(p, epoch, WORKER, new TransactionalId("fake-1"), now())));
        alive = true;
        return this;
    }

    /** Falls silent without a word, as a killed worker does; its last heartbeat has a short lease, and is written. */
    synchronized void die() {
        alive = false;
        beat(LAST_LEASE);
        flush();
    }

    /** Waits until all that was written is on its topic. */
    void flush() {
        producer.flush();
    }

    void answersCommands(Owner how) {
        owner = how;
    }

    void answersCommandsAsUsual() {
        owner = this::apply;
    }

    /** What becomes of messages; null: they stay queued. */
    void messagesEndAs(@Nullable MessageStatus status) {
        outcome = status;
    }

    /** Whether requests with a key are decided. */
    void decides(boolean does) {
        decides = does;
    }

    List<OutboxRequest.Send> sends() {
        return sends;
    }

    List<AccountCommand> commands() {
        return commands;
    }

    /** Orders that stood in another partition than their account's, or under another key. */
    List<String> misplaced() {
        return misplaced;
    }

    Epoch epoch() {
        return epoch;
    }

    AccountStatusRecord account(AccountId id, String phone, @Nullable String name, AccountStatus status) {
        return tell(record(id, new PhoneNumber(phone), name, status, null, null));
    }

    /** An account whose QR stands. */
    AccountStatusRecord showing(AccountId id, String phone, @Nullable String name, String qr) {
        Instant now = now();
        return tell(record(id, new PhoneNumber(phone), name, AccountStatus.QR_READY, null,
                new AccountStatusRecord.Qr(qr, now, now.plusSeconds(20), now.plusSeconds(600))));
    }

    private AccountStatusRecord record(AccountId id, PhoneNumber phone, @Nullable String name, AccountStatus status,
            @Nullable CommandId command, AccountStatusRecord.@Nullable Qr qr) {
        Instant now = now();
        AccountStatusRecord known = accounts.get(id);
        DesiredState desired = switch (status) {
            case DISCONNECTED -> DesiredState.DISCONNECTED;
            case DELETED -> DesiredState.DELETED;
            default -> DesiredState.CONNECTED;
        };
        return new AccountStatusRecord(id, phone, name, desired, status, null, null, status == AccountStatus.NEEDS_QR,
                WORKER, epoch, now, now, null, known == null ? now : known.createdAt(), command, qr, null);
    }

    AccountStatusRecord tell(AccountStatusRecord record) {
        accounts.put(record.account(), record);
        write(Topic.ACCOUNT_STATUS, partitions.of(record.account()), record.account().value(), record);
        return record;
    }

    /** Puts something that nobody can read on a topic. */
    void garbage(Topic topic, int partition) {
        raw(topic, partition, "garbage", "{not json".getBytes(StandardCharsets.UTF_8));
    }

    void write(Topic topic, int partition, String key, Object value) {
        raw(topic, partition, key, JsonCodec.encode(value));
    }

    private void raw(Topic topic, int partition, String key, byte[] value) {
        var _ = producer.send(new ProducerRecord<>(topic.name(settings.topicPrefix()), partition,
                key.getBytes(StandardCharsets.UTF_8), value));
    }

    private void run() {
        long lastBeatNanos = System.nanoTime() - HEARTBEAT.toNanos();
        while (!closed) {
            if (alive && System.nanoTime() - lastBeatNanos >= HEARTBEAT.toNanos()) {
                lastBeatNanos = System.nanoTime();
                beatIfAlive();
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(20))) {
                if (!alive && record.topic().endsWith(Topic.COMMANDS.suffix())) {
                    continue;
                }
                try {
                    take(record);
                } catch (UnreadableRecordException _) {
                    // A test put it there.
                }
            }
        }
        consumer.close();
    }

    private synchronized void beatIfAlive() {
        if (alive) {
            beat(LEASE);
        }
    }

    private synchronized void beat(Duration lease) {
        Map<Integer, Epoch> held = new HashMap<>();
        IntStream.range(0, settings.partitions()).forEach(p -> held.put(p, epoch));
        write(Topic.WORKERS, 0, WORKER.value(),
                new WorkerHeartbeat(WORKER, "i1", "test", sequence++, held, accounts.size(), 0, lease.toMillis(), now(),
                        now()));
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().endsWith(Topic.COMMANDS.suffix())) {
            if (JsonCodec.decode(record.value(), Command.class) instanceof AccountCommand command) {
                commands.add(command);
                place(record, command.account());
                owner.answer(command).ifPresent(this::reply);
            }
        } else {
            OutboxRequest request = JsonCodec.decode(record.value(), OutboxRequest.class);
            place(record, request.account());
            switch (request) {
                case OutboxRequest.Send send -> take(send);
                case OutboxRequest.MessageRequest about -> reply(decision.answer(about));
                case OutboxRequest.SetPacing set -> pacing(set, set.pacing());
                case OutboxRequest.PacingRequest other -> pacing(other, null);
            }
        }
    }

    private void pacing(OutboxRequest.PacingRequest request, @Nullable Pacing own) {
        reply(new Reply.PacingReply(request.id(), request.account(), now(), own == null ? new Pacing(20, 1000) : own,
                own != null));
    }

    /** What the outbox decides about a message. */
    @FunctionalInterface
    interface Decision {
        RequestReply answer(OutboxRequest.MessageRequest about);
    }

    /** From now on; without it everything is accepted. */
    void decidesAs(Decision how) {
        decision = how;
    }

    static RequestReply decided(OutboxRequest.MessageRequest about, RequestResult result, @Nullable String code) {
        return new RequestReply(about.id(), about.account(), Instant.now(), result, about.message(), code,
                code == null ? null : "refused for the test");
    }

    private void place(ConsumerRecord<byte[], byte[]> record, AccountId account) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (record.partition() != partitions.of(account) || !key.equals(account.value())) {
            misplaced.add(record.topic() + "-" + record.partition() + "@" + record.offset());
        }
    }

    private void take(OutboxRequest.Send send) {
        sends.add(send);
        String key = send.idempotencyKey();
        if (key != null) {
            if (!decides) {
                return;
            }
            OutboxRequest.Send first = keys.putIfAbsent(send.account() + "/" + key, send);
            RequestResult result = first == null
                    ? RequestResult.ACCEPTED
                    : String.valueOf(first.fingerprint()).equals(send.fingerprint())
                            ? RequestResult.SAME_AS
                            : RequestResult.CONFLICT;
            MessageId message = first == null ? send.message() : first.message();
            reply(new RequestReply(send.id(), send.account(), now(), result, message, null, null));
            if (first != null) {
                return;
            }
        }
        MessageContentRecord content = new MessageContentRecord(send.account(), send.message(), send.chat(),
                send.content(), send.acceptedAt());
        write(Topic.MESSAGE_STATUS, partitions.of(send.account()), content.key(), content);
        status(send, MessageStatus.QUEUED);
        MessageStatus end = outcome;
        if (end != null) {
            status(send, end);
        }
    }

    void status(OutboxRequest.Send send, MessageStatus status) {
        MessageStatusRecord record = new MessageStatusRecord(send.account(), send.message(), send.chat(), status, 1,
                status == MessageStatus.FAILED ? "not on WhatsApp" : null, send.acceptedAt(), now(), null,
                status == MessageStatus.SENT ? now() : null, null, null);
        int left = waiting.merge(send.account(), status == MessageStatus.QUEUED ? 1 : -1, Integer::sum);
        write(Topic.MESSAGE_STATUS, partitions.of(send.account()), record.key(), record.waiting(left));
    }

    void reply(Reply reply) {
        write(Topic.REPLIES, partitions.of(reply.account()), reply.account().value(), reply);
    }

    static CommandReply refusal(AccountCommand command, String code, @Nullable AccountStatus status) {
        return new CommandReply(command.id(), command.account(), Instant.now(), CommandResult.REFUSED, code,
                "refused for the test", status);
    }

    /** What an owner answers to a command for another one. */
    static CommandReply ownerChanged(AccountCommand command) {
        return new CommandReply(command.id(), command.account(), Instant.now(), CommandResult.EXPIRED, "owner_changed",
                "meant for another owner; nothing was done", null);
    }

    /** What a good owner does, in short. */
    private Optional<CommandReply> apply(AccountCommand command) {
        if (!command.epoch().equals(epoch)) {
            return Optional.of(ownerChanged(command));
        }
        AccountStatusRecord known = accounts.get(command.account());
        if (known == null && !(command instanceof Command.LinkAccount)) {
            return Optional.of(refusal(command, "account_unknown", null));
        }
        AccountStatus status = switch (command) {
            case Command.LinkAccount _ -> AccountStatus.CONNECTING;
            case Command.RegenerateQr _ -> AccountStatus.CONNECTING;
            case Command.RequestPairingCode _ -> AccountStatus.CONNECTING;
            case Command.ReconnectAccount _ -> AccountStatus.CONNECTING;
            case Command.DisconnectAccount _ -> AccountStatus.DISCONNECTED;
            case Command.DeleteAccount _ -> AccountStatus.DELETED;
            case Command.RenameAccount _ -> known == null ? AccountStatus.CONNECTING : known.status();
        };
        PhoneNumber phone = command instanceof Command.LinkAccount link
                ? link.phone()
                : Objects.requireNonNull(known).phone();
        String name = switch (command) {
            case Command.LinkAccount link -> link.name();
            case Command.RenameAccount rename -> rename.name();
            default -> known == null ? null : known.name();
        };
        tell(record(command.account(), phone, name, status, command.id(), null));
        return Optional.of(new CommandReply(command.id(), command.account(), now(), CommandResult.APPLIED, null,
                null, status));
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(5000);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(2));
    }
}
