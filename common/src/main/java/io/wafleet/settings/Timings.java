package io.wafleet.settings;

import java.time.Duration;
import java.util.List;

/**
 * How fast a dead process is noticed. The values depend on each other and are checked together.
 *
 * @param session how long the broker waits for a member's heartbeat before it gives its partitions away
 * @param heartbeat how often a member says that it lives
 * @param margin how long before the broker could give partitions away an owner stops by itself
 * @param maxPoll how long a member may take between two polls
 */
public record Timings(Duration session, Duration heartbeat, Duration margin, Duration maxPoll) {
    /** Sets of timings that fit together. */
    public enum Profile {
        /** Session 15 s: a broker may be away for 14 s before connections are closed. */
        STEADY,
        /** Session 1 s: failover in about a second. */
        FAST
    }

    public static final Setting<Profile> PROFILE = Setting.choice("timing.profile", Profile.class, Profile.STEADY,
            "steady: a dead process is noticed after 15 s, and the broker may be away for 14 s; fast: after 1 s.");
    public static final Setting<Duration> SESSION = Setting.duration("session.timeout", "15s", Duration.ofMillis(300),
            Duration.ofMinutes(5), "How long the broker waits for a heartbeat; the profile sets it unless given.");
    public static final Setting<Duration> HEARTBEAT = Setting.duration("heartbeat.interval", "250ms",
            Duration.ofMillis(50), Duration.ofMinutes(1),
            "How often a group member says that it lives; a tenth of the session timeout, at most 250 ms, unless given.");
    public static final Setting<Duration> MARGIN = Setting.duration("lease.margin", "100ms", Duration.ofMillis(10),
            Duration.ofSeconds(30),
            "How long before the broker could give its partitions away a worker stops by itself.");
    public static final Setting<Duration> MAX_POLL = Setting.duration("max.poll.interval", "30s",
            Duration.ofSeconds(1), Duration.ofMinutes(10), "How long a worker may take between two polls.");

    /** In the order of the settings table. */
    public static final List<Setting<?>> SETTINGS = List.of(PROFILE, SESSION, HEARTBEAT, MARGIN, MAX_POLL);

    /** A lease is shorter than the session by two to three heartbeats, and handovers wait for one. */
    private static final Duration RAREST_HEARTBEAT = Duration.ofMillis(250);
    private static final int HEARTBEATS_PER_SESSION = 10;

    public Timings {
        if (heartbeat.multipliedBy(3).compareTo(session) > 0) {
            throw new IllegalArgumentException("session.timeout must be at least three times heartbeat.interval");
        }
        if (margin.plus(heartbeat.multipliedBy(2)).compareTo(session) >= 0) {
            throw new IllegalArgumentException(
                    "session.timeout must be more than lease.margin and two times heartbeat.interval together");
        }
        if (maxPoll.compareTo(session) < 0) {
            throw new IllegalArgumentException("max.poll.interval must be at least session.timeout");
        }
    }

    /** The timings of a profile. */
    public static Timings of(Profile profile) {
        Duration session = profile == Profile.FAST ? Duration.ofSeconds(1) : Duration.ofSeconds(15);
        return new Timings(session, heartbeat(session),
                profile == Profile.FAST ? Duration.ofMillis(50) : Duration.ofMillis(100), Duration.ofSeconds(30));
    }

    private static Duration heartbeat(Duration session) {
        Duration often = session.dividedBy(HEARTBEATS_PER_SESSION);
        return often.compareTo(RAREST_HEARTBEAT) < 0 ? often : RAREST_HEARTBEAT;
    }

    public static Timings from(Settings settings) {
        Timings profile = of(settings.get(PROFILE));
        Duration session = settings.isGiven(SESSION) ? settings.get(SESSION) : profile.session();
        Duration heartbeat = settings.isGiven(HEARTBEAT)
                ? settings.get(HEARTBEAT)
                : heartbeat(session);
        Duration margin = settings.isGiven(MARGIN) ? settings.get(MARGIN) : profile.margin();
        try {
            return new Timings(session, heartbeat, margin, settings.get(MAX_POLL));
        } catch (IllegalArgumentException e) {
            settings.problem(String.valueOf(e.getMessage()));
            return profile;
        }
    }

    /** How long a transaction may stay open: no longer than its writer may be taken for alive. */
    public Duration transactionTimeout() {
        return session;
    }

    /** How often a worker tells the fleet that it lives: a quarter of its lease. */
    public Duration workerHeartbeat() {
        return lease().dividedBy(4);
    }

    /** How long, after a sign of life, a worker may be taken for the owner of what it holds. */
    public Duration lease() {
        return session;
    }
}
