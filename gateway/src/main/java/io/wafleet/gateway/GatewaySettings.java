package io.wafleet.gateway;

import io.wafleet.conversations.store.StoreSettings;
import io.wafleet.gateway.http.HttpLimits;
import io.wafleet.media.MediaSettings;
import io.wafleet.settings.IdentitySettings;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.settings.QueueSettings;
import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import io.wafleet.settings.Timings;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a gateway runs.
 *
 * @param host the address it listens on
 * @param port 0 takes a free one
 * @param limits what a client may ask for, and how slowly
 * @param sendWait how long send-message waits for {@code sent}, and for a decision about an Idempotency-Key
 * @param commandWait how long an account command's reply is waited for
 * @param readWait how long the conversation store may take to answer
 * @param produceTimeout how long Kafka may take to confirm a record
 * @param maxWaiting requests that may wait for an answer at a time; also records that may wait for the producer
 * @param maxMessages messages whose status is kept at hand; also those that can be listed
 * @param maxQueued messages of an account that may wait
 * @param media where media that arrived are read
 * @param store where conversations are read
 * @param grace how long requests under way may take to end at shutdown
 */
public record GatewaySettings(String host, int port, HttpLimits limits, Duration sendWait, Duration commandWait,
        Duration readWait, Duration produceTimeout, int maxWaiting, int maxMessages, int maxQueued, Duration grace,
        KafkaSettings kafka,
        Timings timings, IdentitySettings identity, MediaSettings media, StoreSettings store) {
    private static final int BODIES_SHARE_OF_HEAP = 8;
    private static final Duration MS_100 = Duration.ofMillis(100);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    public static final Setting<String> HOST = Setting.text("http.host", "127.0.0.1",
            "Address the gateway listens on; there is no authentication yet, so mind who can reach it.");
    public static final Setting<Integer> PORT = Setting.port("http.port", 8080,
            "Port the gateway listens on; 0 takes a free one.");
    public static final Setting<Integer> MAX_BODY = Setting.integer("http.max.body.bytes", 1 << 20, 1024, 64 << 20,
            "Largest request body, in bytes; more is answered 413.");
    public static final Setting<Integer> MAX_HEADER = Setting.integer("http.max.header.bytes", 16 << 10, 1024, 1 << 20,
            "Largest size of a request's headers together, in bytes; more is answered 431.");
    public static final Setting<Duration> HEADER_TIMEOUT = Setting.duration("http.header.timeout", "10s", MS_100,
            MINUTE, "How long a new connection may take until the headers of its first request are complete.");
    public static final Setting<Duration> BODY_TIMEOUT = Setting.duration("http.body.timeout", "15s", MS_100,
            Duration.ofMinutes(10), "How long a request's body may take to be complete.");
    public static final Setting<Duration> IDLE_TIMEOUT = Setting.duration("http.idle.timeout", "60s", MS_100,
            Duration.ofHours(1), "How long a connection may stay without traffic, or between two requests.");
    public static final Setting<Duration> SEND_WAIT = Setting.duration("send.wait", "5s", MS_100, MINUTE,
            "How long send-message waits for sent, and for a decision about an Idempotency-Key.");
    public static final Setting<Duration> COMMAND_WAIT = Setting.duration("command.wait", "6s", MS_100, MINUTE,
            "How long the worker's reply to an account command is waited for.");
    public static final Setting<Duration> READ_WAIT = Setting.duration("read.wait", "6s", MS_100, MINUTE,
            "How long the store of conversations may take to answer before the request is answered 503.");
    public static final Setting<Duration> PRODUCE_TIMEOUT = Setting.duration("produce.timeout", "5s", MS_100, MINUTE,
            "How long Kafka may take to confirm a record before the request is answered 503.");
    public static final Setting<Integer> MAX_WAITING = Setting.integer("gateway.max.waiting", 10_000, 1, 1_000_000,
            "Requests that may wait for an answer at a time; more are answered 503.");
    public static final Setting<Integer> MAX_MESSAGES = Setting.integer("gateway.max.messages", 100_000, 100,
            10_000_000,
            "Messages whose status is kept at hand, and as many that can be listed; 1 to 4 KB of memory each.");
    public static final Setting<Integer> MAX_BULK = Setting.integer("http.max.bulk.bytes", 16 << 20, 1024, 256 << 20,
            "Largest request body of send-messages, in bytes; more is answered 413.");
    public static final Setting<Integer> MAX_QUEUED = QueueSettings.MAX_QUEUED;
    public static final Setting<Duration> GRACE = Setting.duration("shutdown.grace", "10s", Duration.ZERO,
            Duration.ofMinutes(5), "How long requests under way may take to end at shutdown.");

    /** In the order of the settings table. */
    public static final List<Setting<?>> SETTINGS = Stream.<Setting<?>>concat(
            Stream.of(HOST, PORT, MAX_BODY, MAX_BULK, MAX_HEADER, HEADER_TIMEOUT, BODY_TIMEOUT, IDLE_TIMEOUT, SEND_WAIT,
                    COMMAND_WAIT, READ_WAIT, PRODUCE_TIMEOUT, MAX_WAITING, MAX_MESSAGES, MAX_QUEUED, GRACE,
                    MediaSettings.DIR),
            StoreSettings.SETTINGS.stream()).toList();

    public static GatewaySettings from(Settings settings) {
        HttpLimits limits = new HttpLimits(settings.get(MAX_BODY), settings.get(MAX_BULK),
                maxHeldBytes(Math.max(settings.get(MAX_BODY), settings.get(MAX_BULK))),
                settings.get(MAX_HEADER),
                settings.get(HEADER_TIMEOUT), settings.get(BODY_TIMEOUT), settings.get(IDLE_TIMEOUT));
        GatewaySettings gateway = new GatewaySettings(settings.get(HOST), settings.get(PORT), limits,
                settings.get(SEND_WAIT), settings.get(COMMAND_WAIT), settings.get(READ_WAIT),
                settings.get(PRODUCE_TIMEOUT),
                settings.get(MAX_WAITING), settings.get(MAX_MESSAGES), settings.get(MAX_QUEUED), settings.get(GRACE),
                KafkaSettings.from(settings), Timings.from(settings), IdentitySettings.from(settings),
                MediaSettings.from(settings), StoreSettings.from(settings));
        gateway.check(settings);
        return gateway;
    }

    /** What is read from a body takes several times its bytes: so many fit into the heap, and always one of the largest. */
    private static long maxHeldBytes(int largestBody) {
        return Math.max(largestBody, Runtime.getRuntime().maxMemory() / BODIES_SHARE_OF_HEAP);
    }

    /** A connection that waits for its answer is idle, and must not be closed for it. */
    private void check(Settings settings) {
        Duration longestWait = Stream.of(sendWait, commandWait, readWait).max(Duration::compareTo).orElseThrow();
        if (limits.idleTimeout().compareTo(longestWait) <= 0) {
            settings.problem(IDLE_TIMEOUT.option() + ": must be more than " + SEND_WAIT.option() + ", than "
                    + COMMAND_WAIT.option() + " and than " + READ_WAIT.option());
        }
    }
}
