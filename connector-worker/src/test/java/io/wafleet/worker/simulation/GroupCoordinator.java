package io.wafleet.worker.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The broker's side of the group (KIP-848): members with epochs, a target for each, and partitions that pass on only when the former
 * owner has said that it gave them up, or was removed.
 *
 * <p>As the real one: a member keeps its epoch while it has something to give up, also when it gave something up and must give up
 * more; positions sent with its present epoch are accepted for any partition; with an older one, for those that it was assigned no
 * later than that.
 */
final class GroupCoordinator {
    /** What a heartbeat is answered. */
    record Answer(boolean known, int epoch, Set<Integer> assigned) {
        static final Answer UNKNOWN = new Answer(false, 0, Set.of());
    }

    private enum State {
        STABLE, UNREVOKED, UNRELEASED
    }

    private static final class Member {
        private final String id;
        private int epoch;
        private int previousEpoch;
        private State state = State.STABLE;
        private Map<Integer, Integer> assigned = new TreeMap<>();
        private Map<Integer, Integer> givingUp = new TreeMap<>();
        private Set<Integer> target = new TreeSet<>();
        private long heard;
        private long revokingSince;

        Member(String id) {
            this.id = id;
        }

        boolean holds(int partition) {
            return assigned.containsKey(partition) || givingUp.containsKey(partition);
        }
    }

    private static final long LONGEST_LOOK_AWAY = 50_000_000;

    private final Scheduler scheduler;
    private final Network network;
    private final Trace trace;
    private final int partitions;
    private final long session;
    private final long rebalanceTimeout;
    private final Map<String, Member> members = new TreeMap<>();
    private int epoch;

    GroupCoordinator(Scheduler scheduler, Network network, Trace trace, int partitions, long session,
            long rebalanceTimeout) {
        this.scheduler = scheduler;
        this.network = network;
        this.trace = trace;
        this.partitions = partitions;
        this.session = session;
        this.rebalanceTimeout = rebalanceTimeout;
        scheduler.after(0, this::watch);
    }

    /**
     * A member says that it lives.
     *
     * @param memberEpoch 0: it joins
     * @param owned what it has
     */
    Answer heartbeat(String id, int memberEpoch, Set<Integer> owned) {
        Member member = members.get(id);
        if (member == null) {
            if (memberEpoch != 0) {
                return Answer.UNKNOWN;
            }
            member = new Member(id);
            members.put(id, member);
            newTargets();
        } else if (memberEpoch != 0 && memberEpoch != member.epoch
                && !(memberEpoch == member.previousEpoch && member.assigned.keySet().containsAll(owned))) {
            return Answer.UNKNOWN;
        }
        member.heard = scheduler.now();
        reconcile(member, owned);
        return new Answer(true, member.epoch, Set.copyOf(member.assigned.keySet()));
    }

    boolean leave(String id) {
        remove(id, "left");
        return true;
    }

    private void remove(String id, String why) {
        if (members.remove(id) != null) {
            trace.note("group:", id, why);
            newTargets();
        }
    }

    private void newTargets() {
        epoch++;
        if (members.isEmpty()) {
            return;
        }
        int least = partitions / members.size();
        int more = partitions % members.size();
        Set<Integer> free = new TreeSet<>();
        for (int p = 0; p < partitions; p++) {
            free.add(p);
        }
        // Uniform and sticky: who has most keeps most.
        List<Member> order = new ArrayList<>(members.values());
        order.sort((a, b) -> Integer.compare(b.target.size(), a.target.size()));
        Map<Member, Integer> quotas = new HashMap<>();
        for (Member member : order) {
            int quota = least + (more-- > 0 ? 1 : 0);
            quotas.put(member, quota);
            Set<Integer> kept = new TreeSet<>();
            member.target.stream().filter(free::contains).limit(quota).forEach(kept::add);
            free.removeAll(kept);
            member.target = kept;
        }
        for (Member member : order) {
            Set<Integer> target = member.target;
            free.stream().limit(quotas.getOrDefault(member, 0) - (long) target.size()).toList().forEach(p -> {
                target.add(p);
                free.remove(p);
            });
        }
    }

    private void reconcile(Member member, Set<Integer> owned) {
        boolean due = switch (member.state) {
            case STABLE -> member.epoch != epoch;
            case UNREVOKED -> member.givingUp.keySet().stream().noneMatch(owned::contains);
            case UNRELEASED -> true;
        };
        if (!due) {
            return;
        }
        Map<Integer, Integer> kept = new TreeMap<>(member.assigned);
        kept.keySet().retainAll(member.target);
        Map<Integer, Integer> revoked = new TreeMap<>(member.assigned);
        revoked.keySet().removeAll(kept.keySet());
        Set<Integer> added = new TreeSet<>(member.target);
        added.removeAll(kept.keySet());
        boolean unreleased = added.removeIf(p -> isHeldByAnother(member, p));
        member.assigned = kept;
        if (revoked.keySet().stream().anyMatch(owned::contains)) {
            member.state = State.UNREVOKED;
            member.givingUp = revoked;
            member.revokingSince = scheduler.now();
            trace.note("group:", member.id, "is to give up", revoked.keySet(), "epoch", member.epoch);
            return;
        }
        member.givingUp = new TreeMap<>();
        added.forEach(p -> kept.put(p, epoch));
        member.previousEpoch = member.epoch;
        member.epoch = epoch;
        member.state = unreleased ? State.UNRELEASED : State.STABLE;
        trace.note("group:", member.id, "has", kept.keySet(), "epoch", epoch);
    }

    private boolean isHeldByAnother(Member member, int partition) {
        return members.values().stream().anyMatch(m -> m != member && m.holds(partition));
    }

    /** Whether positions are accepted from this member. */
    boolean accepts(String id, int memberEpoch, Set<Integer> positions) {
        Member member = members.get(id);
        if (member == null || memberEpoch > member.epoch) {
            return false;
        }
        return memberEpoch == member.epoch || positions.stream().allMatch(p -> {
            Integer since = member.assigned.getOrDefault(p, member.givingUp.get(p));
            return since != null && since <= memberEpoch;
        });
    }

    /** Whether the partition is this member's, or is not yet given up by it. */
    boolean isHeldBy(String id, int partition) {
        Member member = members.get(id);
        return member != null && member.holds(partition);
    }

    /** Who has it, or has not yet given it up. */
    @Nullable
    String holder(int partition) {
        for (Member member : members.values()) {
            if (member.holds(partition)) {
                return member.id;
            }
        }
        return null;
    }

    /** The broker came back: it cannot know since when it heard nothing. */
    void reload() {
        members.values().forEach(m -> {
            m.heard = scheduler.now();
            m.revokingSince = scheduler.now();
        });
    }

    private void watch() {
        if (!network.isDown()) {
            for (Member member : List.copyOf(members.values())) {
                if (scheduler.now() - member.heard >= session) {
                    remove(member.id, "was not heard of");
                } else if (member.state == State.UNREVOKED
                        && scheduler.now() - member.revokingSince >= rebalanceTimeout) {
                    remove(member.id, "did not give up in time");
                }
            }
        }
        long next = scheduler.now() + LONGEST_LOOK_AWAY;
        for (Member member : members.values()) {
            next = Math.min(next, member.heard + session);
            if (member.state == State.UNREVOKED) {
                next = Math.min(next, member.revokingSince + rebalanceTimeout);
            }
        }
        scheduler.after(Math.max(100_000, next - scheduler.now()), this::watch);
    }
}
