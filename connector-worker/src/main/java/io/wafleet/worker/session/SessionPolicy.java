package io.wafleet.worker.session;

import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The patience of a session. The values depend on each other and are checked together.
 *
 * @param connectTimeout how long a connection may take to show a QR or to open
 * @param qrWindow how long a pairing is kept open for a person, from its first QR
 * @param stableAfter open for this long, earlier failures are forgotten
 * @param backoffMin the shortest wait before a reconnect
 * @param backoffMax the longest wait before a reconnect
 * @param replacedWait how long to stay away after another client took the connection
 * @param replacedWindow taken again within this, a person must decide
 * @param sendAckTimeout how long WhatsApp may take to ack a message
 * @param keepAliveInterval how often a quiet connection is pinged
 * @param keepAliveTimeout how long a connection may be without traffic or ping answer
 */
public record SessionPolicy(Duration connectTimeout, Duration qrWindow, Duration stableAfter, Duration backoffMin,
        Duration backoffMax, Duration replacedWait, Duration replacedWindow, Duration sendAckTimeout,
        Duration keepAliveInterval, Duration keepAliveTimeout) {
    public static final Setting<Duration> CONNECT_TIMEOUT = setting("connect-timeout", "60s",
            "How long a connection may take to show a QR or to open.");
    public static final Setting<Duration> QR_WINDOW = setting("qr-window", "10m",
            "How long a pairing stays open for a person to scan, from its first QR.");
    public static final Setting<Duration> STABLE_AFTER = setting("stable-after", "60s",
            "Open for this long, a connection's earlier failures are forgotten.");
    public static final Setting<Duration> BACKOFF_MIN = setting("backoff-min", "1s",
            "The shortest wait before a reconnect.");
    public static final Setting<Duration> BACKOFF_MAX = setting("backoff-max", "5m",
            "The longest wait before a reconnect.");
    public static final Setting<Duration> REPLACED_WAIT = setting("replaced-wait", "30s",
            "How long to stay away after another client took the connection (440).");
    public static final Setting<Duration> REPLACED_WINDOW = setting("replaced-window", "5m",
            "Taken again within this, the account is in conflict and waits for a person.");
    public static final Setting<Duration> SEND_ACK_TIMEOUT = setting("send-ack-timeout", "20s",
            "How long WhatsApp may take to ack a message before its outcome is unknown.");
    public static final Setting<Duration> KEEP_ALIVE_INTERVAL = setting("keep-alive-interval", "25s",
            "How often a quiet connection is pinged.");
    public static final Setting<Duration> KEEP_ALIVE_TIMEOUT = setting("keep-alive-timeout", "90s",
            "A connection without traffic or ping answer for this long is closed and reconnected.");

    /** In the order of the settings table. */
    public static final List<Setting<?>> SETTINGS = List.of(CONNECT_TIMEOUT, QR_WINDOW, STABLE_AFTER, BACKOFF_MIN,
            BACKOFF_MAX, REPLACED_WAIT, REPLACED_WINDOW, SEND_ACK_TIMEOUT, KEEP_ALIVE_INTERVAL, KEEP_ALIVE_TIMEOUT);

    /** What is meant for real accounts. */
    public static final SessionPolicy DEFAULT = read(Settings.of(Map.of()));

    public SessionPolicy {
        require(connectTimeout.compareTo(qrWindow) < 0, CONNECT_TIMEOUT, "less than", QR_WINDOW);
        require(backoffMin.compareTo(backoffMax) <= 0, BACKOFF_MIN, "at most", BACKOFF_MAX);
        require(replacedWait.compareTo(replacedWindow) < 0, REPLACED_WAIT, "less than", REPLACED_WINDOW);
        require(keepAliveInterval.multipliedBy(2).compareTo(keepAliveTimeout) <= 0, KEEP_ALIVE_INTERVAL,
                "at most half of", KEEP_ALIVE_TIMEOUT);
    }

    public static SessionPolicy from(Settings settings) {
        try {
            return read(settings);
        } catch (IllegalArgumentException e) {
            settings.problem(String.valueOf(e.getMessage()));
            return DEFAULT;
        }
    }

    /**
     * How long to wait after so many failures in a row: anything from the shortest wait to one that doubles with each of them.
     *
     * @param failures 1 or more
     * @param jitter 0 (inclusive) to 1 (exclusive)
     */
    Duration backoff(int failures, double jitter) {
        double min = (double) backoffMin.toMillis();
        double most = Math.min((double) backoffMax.toMillis(), min * Math.pow(2, failures));
        return Duration.ofMillis(Math.round(min + jitter * (most - min)));
    }

    private static SessionPolicy read(Settings settings) {
        return new SessionPolicy(settings.get(CONNECT_TIMEOUT), settings.get(QR_WINDOW), settings.get(STABLE_AFTER),
                settings.get(BACKOFF_MIN), settings.get(BACKOFF_MAX), settings.get(REPLACED_WAIT),
                settings.get(REPLACED_WINDOW), settings.get(SEND_ACK_TIMEOUT), settings.get(KEEP_ALIVE_INTERVAL),
                settings.get(KEEP_ALIVE_TIMEOUT));
    }

    private static Setting<Duration> setting(String name, String defaultText, String description) {
        return Setting.duration("session." + name, defaultText, Duration.ofMillis(10), Duration.ofDays(1), description);
    }

    private static void require(boolean holds, Setting<?> one, String relation, Setting<?> other) {
        if (!holds) {
            throw new IllegalArgumentException(one.key() + " must be " + relation + " " + other.key());
        }
    }
}
