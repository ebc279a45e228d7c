package io.wafleet.worker.simulation;

import io.wafleet.contract.Topic;
import io.wafleet.worker.log.CommandFeed;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The member of the group: its heartbeats, sent by a thread of its own, and its polls with the callbacks, as {@code CommandConsumer}
 * and the consumer below it make them.
 */
final class SimulatedConsumer implements CommandFeed {
    /** Hears of the group's decisions, on the polling thread. */
    interface Listener {
        void captured(Metadata metadata);

        void assigned(Set<Integer> partitions);

        /** Calls back when they are given up, or time is over. */
        void revoked(Set<Integer> partitions, Runnable givenUp);

        void lost(Set<Integer> partitions);

        void polled();
    }

    private enum State {
        JOINING, MEMBER, LOST, LEFT
    }

    private static final long HEARTBEAT = WorldSettings.TIMINGS.heartbeat().toNanos();
    private static final long PATIENCE = 1_000_000_000L;
    private static final int PER_POLL = 50;
    private static final int PAUSE_ABOVE = 500;

    private record Feed(Sink sink) {}

    private final Host host;
    private final Chance chance;
    private final Broker broker;
    private final WorldSettings settings;
    private final Listener listener;
    private final Trace trace;
    private final String member;
    private final Deque<Runnable> orders = new ArrayDeque<>();
    private final Map<Integer, Feed> feeds = new TreeMap<>();
    private final Map<Integer, Long> positions = new TreeMap<>();
    private Set<Integer> owned = new TreeSet<>();
    private Set<Integer> assignment = Set.of();
    private State state = State.JOINING;
    private int epoch;
    private long answered;
    private boolean asking;
    private long lastPoll;
    private boolean inCallback;
    private boolean closing;
    private Runnable left = () -> {
    };
    private Scheduler.Event nextTurn;
    private Scheduler.Event nextBeat;
    private long stalledUntil;

    SimulatedConsumer(Host host, Chance chance, Broker broker, WorldSettings settings, Listener listener, Trace trace) {
        this.host = host;
        this.chance = chance;
        this.broker = broker;
        this.settings = settings;
        this.listener = listener;
        this.trace = trace;
        this.member = host.name();
        this.lastPoll = host.nanos();
        this.nextTurn = host.after(chance.hop(), this::turn);
        this.nextBeat = host.after(chance.hop(), this::beat);
    }

    String member() {
        return member;
    }

    /** Answered heartbeats, good and bad alike. */
    long answeredHeartbeats() {
        return answered;
    }

    /** The polling thread hangs for a while. */
    void stall(long nanos) {
        stalledUntil = host.nanos() + nanos;
    }

    boolean isStalled() {
        return host.nanos() - stalledUntil < 0;
    }

    @Override
    public void start(int partition, long position, Sink sink) {
        order(() -> {
            trace.note(host, "feeds", partition, "from", position, owned);
            if (owned.contains(partition)) {
                feeds.put(partition, new Feed(sink));
                positions.put(partition, position);
            }
        });
    }

    @Override
    public void stop(int partition) {
        order(() -> feeds.remove(partition));
    }

    private void order(Runnable order) {
        orders.addLast(order);
        turnSoon();
    }

    private void turnSoon() {
        if (!inCallback) {
            nextTurn.cancel();
            nextTurn = host.after(chance.hop(), this::turn);
        }
    }

    /** Leaves in order. */
    void leave(Runnable done) {
        closing = true;
        left = done;
        turnSoon();
    }

    private void turn() {
        if (inCallback || state == State.LEFT) {
            return;
        }
        if (isStalled()) {
            nextTurn = host.after(stalledUntil - host.nanos(), this::turn);
            return;
        }
        while (!orders.isEmpty()) {
            orders.removeFirst().run();
        }
        lastPoll = host.nanos();
        listener.polled();
        if (state == State.LOST) {
            lose();
        } else if (closing) {
            inCallback = true;
            revoke(Set.copyOf(owned), this::sayGoodbye);
            return;
        } else if (state == State.MEMBER && !assignment.equals(owned)) {
            reconcile();
            return;
        } else {
            fetch();
        }
        nextTurn = host.after(chance.millis(1, 50), this::turn);
    }

    private void lose() {
        trace.note(host, "lost", owned);
        Set<Integer> lost = new TreeSet<>(owned);
        feeds.clear();
        owned = new TreeSet<>();
        assignment = Set.of();
        listener.lost(lost);
        state = State.JOINING;
        epoch = 0;
        beatSoon();
    }

    private void reconcile() {
        inCallback = true;
        Set<Integer> wanted = new TreeSet<>(assignment);
        Set<Integer> revoked = new TreeSet<>(owned);
        revoked.removeAll(wanted);
        revoke(revoked, () -> {
            if (state == State.MEMBER) {
                assign(wanted);
            }
            inCallback = false;
            nextTurn = host.after(chance.hop(), this::turn);
        });
    }

    private void revoke(Set<Integer> revoked, Runnable then) {
        if (revoked.isEmpty()) {
            then.run();
            return;
        }
        trace.note(host, "is to give up", revoked);
        revoked.forEach(feeds::remove);
        listener.captured(new Metadata(member, epoch));
        listener.revoked(new TreeSet<>(revoked), () -> host.after(chance.hop(), () -> {
            trace.note(host, "gave up", revoked);
            listener.captured(new Metadata(member, epoch));
            if (state == State.MEMBER) {
                owned.removeAll(revoked);
            }
            then.run();
        }));
    }

    private void assign(Set<Integer> wanted) {
        Set<Integer> added = new TreeSet<>(wanted);
        added.removeAll(owned);
        owned = wanted;
        listener.captured(new Metadata(member, epoch));
        if (!added.isEmpty()) {
            trace.note(host, "is assigned", added);
            listener.assigned(added);
        }
        beatSoon();
    }

    private void sayGoodbye() {
        broker.network().call(host, 0, PATIENCE, () -> broker.group().leave(member), _ -> gone(), this::gone);
    }

    private void gone() {
        state = State.LEFT;
        left.run();
    }

    private void fetch() {
        if (broker.network().isDown() || host.isCutOff()) {
            return;
        }
        feeds.forEach((partition, feed) -> {
            if (feed.sink().backlog() <= PAUSE_ABOVE) {
                PartitionLog log = broker.log(Topic.COMMANDS, partition);
                for (Stored record : log.read(positions.getOrDefault(partition, 0L), log.lastStable(), PER_POLL)) {
                    trace.note(host, "takes command", record.offset, "of", partition);
                    feed.sink().take(record.offset, record.key, record.value);
                    positions.put(partition, record.offset + 1);
                }
            }
        });
    }

    private void beatSoon() {
        if (!asking) {
            nextBeat.cancel();
            nextBeat = host.after(chance.hop(), this::beat);
        }
    }

    private void beat() {
        if (state == State.LEFT || asking) {
            return;
        }
        if (state != State.LOST && host.nanos() - lastPoll > settings.maxPoll()) {
            leaveSilent();
        }
        if (state == State.LOST) {
            nextBeat = host.after(HEARTBEAT, this::beat);
            return;
        }
        asking = true;
        int sent = epoch;
        Set<Integer> having = Set.copyOf(owned);
        boolean joining = state == State.JOINING;
        broker.network().beat(host, PATIENCE, () -> broker.group().heartbeat(member, joining ? 0 : sent, having),
                answer -> {
                    asking = false;
                    answered++;
                    heard(answer);
                    nextBeat = host.after(owned.equals(having) ? HEARTBEAT : 0, this::beat);
                }, () -> {
                    asking = false;
                    nextBeat = host.after(HEARTBEAT, this::beat);
                });
    }

    /** It did not poll for too long: the member leaves by itself, and learns of it when it polls again. */
    private void leaveSilent() {
        trace.note(host, "polled too long ago and leaves");
        state = State.LOST;
        broker.network().call(host, 0, PATIENCE, () -> broker.group().leave(member), _ -> {
        }, () -> {
        });
    }

    private void heard(GroupCoordinator.Answer answer) {
        if (state == State.LOST || state == State.LEFT) {
            return;
        }
        if (!answer.known()) {
            trace.note(host, "is not known any more");
            state = State.LOST;
            turnSoon();
            return;
        }
        state = State.MEMBER;
        epoch = answer.epoch();
        assignment = answer.assigned();
        if (!assignment.equals(owned)) {
            turnSoon();
        }
    }
}
