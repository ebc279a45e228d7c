package io.wafleet.outbox;

import io.wafleet.outbox.core.CommitPace;
import io.wafleet.outbox.core.OutboxPolicy;
import io.wafleet.outbox.kafka.StreamsOptions;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.settings.QueueSettings;
import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import io.wafleet.settings.Timings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the outbox is told.
 *
 * @param policy the numbers that decide
 * @param streams how it runs
 */
public record OutboxSettings(KafkaSettings kafka, Timings timings, OutboxPolicy policy, StreamsOptions streams) {
    public static final Setting<Path> STATE_DIR = Setting.path("outbox.state.dir", "data/outbox",
            "Folder for the outbox's stores, of one outbox process only; lost, it is rebuilt from Kafka.");
    public static final Setting<Duration> COMMIT = Setting.duration("outbox.commit.interval", "30ms",
            Duration.ofMillis(10), Duration.ofSeconds(1),
            "How long the outbox collects work for one transaction at least, four times as long while it is busy: longer costs latency,"
                    + " shorter costs CPU.");
    public static final Setting<Integer> THREADS = Setting.integer("outbox.threads", 1, 1, 64,
            "Threads of an outbox process that share its partitions.");
    public static final Setting<Integer> STANDBYS = Setting.integer("outbox.standbys", 1, 0, 3,
            "Copies of the outbox's stores that other outbox processes keep ready, when there are any.");
    public static final Setting<Integer> MEMORY = Setting.integer("outbox.store.memory", 64, 16, 65_536,
            "Memory, in MB, that the outbox's stores on disk may use together.");
    public static final Setting<Integer> PARALLEL_CHATS = Setting.integer("outbox.parallel.chats", 4, 1, 1000,
            "Chats of one account that may have a message on its way at the same time.");
    public static final Setting<Integer> BURST = Setting.integer("pacing.burst", 20, 1, 100_000,
            "Messages that an account may send at once after a pause.");
    public static final Setting<Duration> PACE = Setting.duration("pacing.interval", "1s", Duration.ofMillis(1),
            Duration.ofHours(1), "How long after a burst each further message of an account waits.");
    public static final Setting<Integer> ATTEMPTS = Setting.integer("retry.attempts", 10, 1, 1000,
            "Attempts after which a message fails.");
    public static final Setting<Duration> BACKOFF_MIN = Setting.duration("retry.backoff.min", "2s",
            Duration.ofMillis(10), Duration.ofHours(1), "Pause before the second attempt; it doubles with each.");
    public static final Setting<Duration> BACKOFF_MAX = Setting.duration("retry.backoff.max", "5m",
            Duration.ofMillis(10), Duration.ofHours(24), "The longest pause between two attempts.");
    public static final Setting<Duration> OUTCOME = Setting.duration("outcome.timeout", "60s",
            Duration.ofSeconds(1), Duration.ofHours(1),
            "How long after a dispatch without outcome it is unknown whether the message was sent.");
    public static final Setting<Duration> EXPIRY = Setting.duration("message.expiry", "24h", Duration.ofSeconds(1),
            Duration.ofDays(30), "How long after it may be sent a message expires, unless it says so itself.");
    public static final Setting<Integer> MAX_QUEUED = QueueSettings.MAX_QUEUED;
    /** In the order of the settings table. */
    public static final List<Setting<?>> SETTINGS = List.of(STATE_DIR, COMMIT, THREADS, STANDBYS, MEMORY,
            PARALLEL_CHATS, BURST, PACE, ATTEMPTS, BACKOFF_MIN, BACKOFF_MAX, OUTCOME, EXPIRY, MAX_QUEUED);

    /** Problems are kept in {@code settings} for its check. */
    public static OutboxSettings from(Settings settings) {
        KafkaSettings kafka = KafkaSettings.from(settings);
        Timings timings = Timings.from(settings);
        StreamsOptions streams = new StreamsOptions(settings.get(STATE_DIR), settings.get(COMMIT),
                settings.get(THREADS), settings.get(STANDBYS), settings.get(MEMORY));
        if (timings.transactionTimeout().compareTo(CommitPace.busy(streams.commitInterval()).multipliedBy(3)) < 0) {
            settings.problem(Timings.SESSION.option() + " must be at least twelve times " + COMMIT.option()
                    + ": a busy transaction collects four times as long, and transactions time out with the session");
        }
        return new OutboxSettings(kafka, timings, policy(settings), streams);
    }

    private static OutboxPolicy policy(Settings settings) {
        OutboxPolicy standard = OutboxPolicy.standard();
        Duration min = settings.get(BACKOFF_MIN);
        Duration max = settings.get(BACKOFF_MAX);
        if (max.compareTo(min) < 0) {
            settings.problem(BACKOFF_MAX.option() + " must be at least " + BACKOFF_MIN.option());
            max = min;
        }
        return new OutboxPolicy(settings.get(PARALLEL_CHATS), settings.get(BURST), settings.get(PACE),
                settings.get(ATTEMPTS), min, max, settings.get(OUTCOME), standard.notAttemptedPause(),
                settings.get(EXPIRY), standard.maxAhead(), standard.keysKept(), standard.finalsKept(),
                settings.get(MAX_QUEUED));
    }
}
