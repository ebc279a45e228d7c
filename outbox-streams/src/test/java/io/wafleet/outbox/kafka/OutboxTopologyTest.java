package io.wafleet.outbox.kafka;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Command;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.Content;
import io.wafleet.contract.DesiredState;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Event;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MessageContentRecord;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.contract.OutboxRequest;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.Reply;
import io.wafleet.contract.Topic;
import io.wafleet.contract.TransactionalId;
import io.wafleet.contract.WorkerHeartbeat;
import io.wafleet.contract.WorkerId;
import io.wafleet.kafka.AccountPartitions;
import io.wafleet.kafka.DeadLetters;
import io.wafleet.outbox.core.OutboxMachine;
import io.wafleet.outbox.core.OutboxPolicy;
import io.wafleet.outbox.core.OwnerWatch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The topology without a broker, on the real stores and under exactly-once. */
class OutboxTopologyTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final AccountId ANA = new AccountId("ana");
    private static final Epoch ONE = new Epoch(1);
    private static final WorkerId WORKER = new WorkerId("w1");
    private static final Chat CHAT = new Chat("40700000001@s.whatsapp.net");

    /** A keyed message cannot become final under it: its key would be kept beyond the end of time. Stands for a bug. */
    private static final OutboxPolicy POLICY = brokenForKeys(OutboxPolicy.standard());

    private final AtomicLong nanos = new AtomicLong();
    private final OwnerWatch owners = new OwnerWatch(Duration.ofSeconds(5));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RocksMemory memory = new RocksMemory(16);
    private TopologyTestDriver driver;

    @BeforeEach
    void start(@TempDir Path folder) {
        Properties p = new Properties();
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, "t.outbox");
        p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        p.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        p.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        p.put("processing.exception.handler.global.enabled", true);
        p.put(BoundedRocksDb.MEMORY, memory);
        Parts parts = new Parts(new OutboxMachine(POLICY), 1,
                new Inbox("t.", new AccountPartitions(1)), new Letters("t."), owners, Duration.ofSeconds(1),
                new OutboxMetrics(registry, () -> START), nanos::get,
                Commits.ofEachThread(Duration.ofMillis(30), Duration.ofMillis(500), nanos::get),
                Backlog.ofEachThread());
        driver = new TopologyTestDriver(OutboxTopology.of("t.", () -> new OutboxProcessor(parts)), p, START);
    }

    @AfterEach
    void end() {
        driver.close();
        memory.close();
    }

    @Test
    void aRequestBecomesADispatchAndItsOutcomeAStatus() {
        connect();
        ask(request("m1", "hello"));
        Command.Dispatch dispatch = read(Topic.COMMANDS, Command.class).stream().map(Command.Dispatch.class::cast)
                .toList().getFirst();
        assertThat(dispatch.message()).isEqualTo(new MessageId("m1"));
        tell(new Event.DispatchOutcome(ANA, ONE, START, dispatch.message(), CHAT, 1, Event.Outcome.SENT, null));
        assertThat(read(Topic.MESSAGE_STATUS, MessageStatusRecord.class)).extracting(MessageStatusRecord::status)
                .containsExactly(MessageStatus.DISPATCHED, MessageStatus.SENT);
        assertThat(registry.counter("wafleet.outbox.dispatches").count()).isEqualTo(1);
        assertThat(registry.counter("wafleet.outbox.outcomes", "outcome", "sent").count()).isEqualTo(1);
    }

    @Test
    void recordsAreKeyedAsTheCatalogueSays() {
        connect();
        ask(request("m1", "hello"));
        assertThat(keys(Topic.COMMANDS)).containsExactly("ana");
        assertThat(keys(Topic.ACCOUNT_STATUS)).containsExactly("ana");
        assertThat(keys(Topic.MESSAGE_STATUS)).containsExactly("ana/m1/content", "ana/m1");
    }

    @Test
    void anAcceptedMessagesContentIsToldOnceBeforeItsFirstStatus() {
        ask(request("m1", "hello"));
        ask(request("m1", "hello"));
        connect();
        List<TestRecord<byte[], byte[]>> told = records(Topic.MESSAGE_STATUS);
        assertThat(told.getFirst().key()).asString().isEqualTo("ana/m1/content");
        assertThat(JsonCodec.decode(told.getFirst().value(), MessageContentRecord.class)).isEqualTo(
                new MessageContentRecord(ANA, new MessageId("m1"), CHAT, new Content.Text("hello"), START));
        assertThat(told).filteredOn(r -> MessageContentRecord.isKey(r.key())).hasSize(1);
    }

    @Test
    void aScheduledMessageGoesWhenItsTimeComes() {
        connect();
        OutboxRequest.Send now = request("m1", "hello");
        ask(new OutboxRequest.Send(now.id(), ANA, now.message(), CHAT, now.content(), null, null, START,
                START.plusSeconds(30), null));
        driver.advanceWallClockTime(Duration.ofSeconds(29));
        assertThat(read(Topic.COMMANDS, Command.class)).isEmpty();
        driver.advanceWallClockTime(Duration.ofSeconds(2));
        assertThat(read(Topic.COMMANDS, Command.class)).hasSize(1);
    }

    @Test
    void aKeyBeyondAllMeasureIsADeadLetter() {
        OutboxRequest.Send plain = request("m1", "hello");
        ask(new OutboxRequest.Send(plain.id(), ANA, plain.message(), CHAT, plain.content(), "k".repeat(1_001), "f",
                START, null, null));
        ask(new OutboxRequest.Send(plain.id(), ANA, plain.message(), CHAT, plain.content(), "k", "f".repeat(1_001),
                START, null, null));
        assertThat(letters()).extracting(l -> DeadLetters.header(l.headers(), DeadLetters.HEADER_REASON))
                .containsExactly("idempotencyKey has more than 1000 characters",
                        "fingerprint has more than 1000 characters");
        ask(new OutboxRequest.Send(plain.id(), ANA, plain.message(), CHAT, plain.content(), "k".repeat(1_000), "f",
                START, null, null));
        assertThat(letters()).isEmpty();
    }

    @Test
    void anIdleOutboxHasOnlyItsOneAnchoredAlarm() {
        connect();
        driver.advanceWallClockTime(Duration.ofMinutes(10));
        assertThat(registry.get("wafleet.outbox.queued").gauge().value()).isZero();
        assertThat(read(Topic.MESSAGE_STATUS, MessageStatusRecord.class)).isEmpty();
    }

    @Test
    void whatWaitsIsCounted() {
        ask(request("m1", "hello"));
        ask(request("m2", "hello"));
        driver.advanceWallClockTime(Duration.ofSeconds(5));
        assertThat(registry.get("wafleet.outbox.queued").gauge().value()).isEqualTo(2);
        assertThat(registry.get("wafleet.outbox.in.flight").gauge().value()).isZero();
    }

    @Test
    void aSilentOwnerIsToldOnAccountStatus() {
        owners.readEverything(0);
        connect();
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        for (int i = 1; i <= 10; i++) {
            nanos.set(Duration.ofSeconds(i).toNanos());
            owners.readEverything(nanos.get());
            driver.advanceWallClockTime(Duration.ofSeconds(1));
        }
        List<AccountStatusRecord> said = read(Topic.ACCOUNT_STATUS, AccountStatusRecord.class);
        assertThat(said).extracting(AccountStatusRecord::reason).containsExactly(null, "owner_lost");
        owners.heard(new WorkerHeartbeat(WORKER, "i", "v", 1, Map.of(0, ONE), 1, 1, 5000, START, START), nanos.get());
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(read(Topic.ACCOUNT_STATUS, AccountStatusRecord.class)).extracting(AccountStatusRecord::status)
                .containsExactly(AccountStatus.CONNECTED);
    }

    @Test
    void whatCannotBeReadBecomesADeadLetterWithItsOwnHeaders() {
        put(Topic.EVENTS, "{\"type\":\"nobody-knows\"}".getBytes(StandardCharsets.UTF_8));
        TestRecord<byte[], byte[]> letter = letters().getFirst();
        assertThat(new String(letter.value(), StandardCharsets.UTF_8)).contains("nobody-knows");
        assertThat(DeadLetters.header(letter.headers(), DeadLetters.HEADER_TOPIC)).isEqualTo("t.events");
        assertThat(DeadLetters.header(letter.headers(), DeadLetters.HEADER_OFFSET)).isEqualTo("0");
        assertThat(DeadLetters.header(letter.headers(), DeadLetters.HEADER_REASON)).isEqualTo("type is not known");
    }

    @Test
    void aDeadLetterTooLargeForTheBrokerIsCutAndSaysSo() {
        put(Topic.OUTBOX, new byte[1_000_000]);
        TestRecord<byte[], byte[]> letter = letters().getFirst();
        assertThat(letter.value()).hasSizeLessThan(900_000);
        assertThat(DeadLetters.header(letter.headers(), DeadLetters.HEADER_REASON))
                .endsWith("(cut from 1000000 bytes)");
    }

    @Test
    void aMessageThatIsGivenUpBecomesADeadLetterThatIsItsRequest() {
        connect();
        OutboxRequest.Send request = request("m1", "hello");
        ask(request);
        for (int attempt = 1; attempt <= 10; attempt++) {
            for (int i = 0; i < 60 && read(Topic.COMMANDS, Command.class).isEmpty(); i++) {
                driver.advanceWallClockTime(Duration.ofSeconds(10));
            }
            tell(new Event.DispatchOutcome(ANA, ONE, START, request.message(), CHAT, attempt, Event.Outcome.RETRYABLE,
                    "busy"));
        }
        TestRecord<byte[], byte[]> letter = letters().getFirst();
        assertThat(JsonCodec.decode(letter.value(), OutboxRequest.class)).isEqualTo(request);
        assertThat(DeadLetters.header(letter.headers(), DeadLetters.HEADER_REASON)).isEqualTo("busy");
    }

    @Test
    void aRecordOnWhichTheMachineFailsBecomesADeadLetterAndChangesNothing() {
        connect();
        OutboxRequest.Send plain = request("m1", "hello");
        ask(new OutboxRequest.Send(plain.id(), ANA, plain.message(), CHAT, plain.content(), "k", "f", START, null,
                null));
        tell(new Event.DispatchOutcome(ANA, ONE, START, plain.message(), CHAT, 1, Event.Outcome.SENT, null));
        assertThat(DeadLetters.header(letters().getFirst().headers(), DeadLetters.HEADER_REASON))
                .startsWith("cannot be processed");
        ask(new OutboxRequest.Cancel(new CommandId("c"), ANA, plain.message(), START));
        assertThat(read(Topic.REPLIES, Reply.RequestReply.class)).extracting(Reply.RequestReply::code)
                .containsExactly(null, "attempt_out");
    }

    @Test
    void aTimerOnWhichTheMachineFailsIsPutOffAndTheOthersFire() {
        OutboxRequest.Send plain = request("m1", "hello");
        ask(new OutboxRequest.Send(plain.id(), ANA, plain.message(), CHAT, plain.content(), "k", "f", START, null,
                START.plusSeconds(10)));
        ask(new OutboxRequest.Send(plain.id(), ANA, new MessageId("m2"), CHAT, plain.content(), null, null, START,
                null, START.plusSeconds(11)));
        driver.advanceWallClockTime(Duration.ofSeconds(12));
        driver.advanceWallClockTime(Duration.ofSeconds(2));
        assertThat(read(Topic.MESSAGE_STATUS, MessageStatusRecord.class)).last()
                .extracting(MessageStatusRecord::status).isEqualTo(MessageStatus.EXPIRED);
    }

    private static OutboxPolicy brokenForKeys(OutboxPolicy p) {
        return new OutboxPolicy(p.parallelChats(), p.burst(), p.paceInterval(), p.maxAttempts(), p.backoffMin(),
                p.backoffMax(), p.outcomeTimeout(), p.notAttemptedPause(), p.expiry(), p.maxAhead(),
                Duration.ofSeconds(Long.MAX_VALUE), p.finalsKept(), p.maxQueued());
    }

    private void connect() {
        tell(new Event.PartitionClaimed(0, ONE, WORKER, new TransactionalId("t-1"), START));
        tell(new Event.AccountStatusChanged(ANA, ONE, WORKER, START, new PhoneNumber("+40700000001"), "Ana",
                DesiredState.CONNECTED, AccountStatus.CONNECTED, null, null, false, null, START, null));
    }

    private static OutboxRequest.Send request(String message, String text) {
        return new OutboxRequest.Send(new CommandId("r-" + message), ANA, new MessageId(message), CHAT,
                new Content.Text(text), null, null, START, null, null);
    }

    private void ask(OutboxRequest request) {
        put(Topic.OUTBOX, JsonCodec.encode(request));
    }

    private void tell(Event event) {
        put(Topic.EVENTS, JsonCodec.encode(event));
    }

    private void put(Topic topic, byte[] value) {
        driver.createInputTopic(topic.name("t."), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput("k".getBytes(StandardCharsets.UTF_8), value, START);
    }

    private <T> List<T> read(Topic topic, Class<T> type) {
        return records(topic).stream().filter(r -> !MessageContentRecord.isKey(r.key()))
                .map(r -> JsonCodec.decode(r.value(), type)).toList();
    }

    private List<String> keys(Topic topic) {
        return records(topic).stream().map(r -> new String(r.key(), StandardCharsets.UTF_8)).toList();
    }

    private List<TestRecord<byte[], byte[]>> letters() {
        return records(Topic.DEAD_LETTERS);
    }

    private List<TestRecord<byte[], byte[]>> records(Topic topic) {
        return driver.createOutputTopic(topic.name("t."), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }
}
