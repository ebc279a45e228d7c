package io.wafleet.worker.session;

import io.wafleet.contract.JournalRecord.AccountState;
import io.wafleet.worker.session.Vocabulary.Named;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Every session that can be reached from an unknown account, up to what makes no difference, met with every kind of event: what
 * the machine decides in each pair of state and event.
 */
final class Exploration {
    /** Two times for each event: at once, and when QRs and the memory of a 440 are old. */
    private static final List<Duration> LATER = List.of(Duration.ofSeconds(1), Duration.ofMinutes(6));

    /** A state and a kind of event. */
    record Pair(String state, String event) implements Comparable<Pair> {
        @Override
        public int compareTo(Pair other) {
            int byState = state.compareTo(other.state);
            return byState == 0 ? event.compareTo(other.event) : byState;
        }
    }

    /**
     * What the machine decides.
     *
     * @param next name of the next state; null when the event is ignored
     * @param status the account's status then, or why the event is ignored
     */
    record Outcome(@Nullable String next, String status) implements Comparable<Outcome> {
        boolean isIgnored() {
            return next == null;
        }

        @Override
        public int compareTo(Outcome other) {
            return toString().compareTo(other.toString());
        }
    }

    private record Node(Session session, Instant at) {}

    private final SessionMachine machine = new SessionMachine(SessionPolicy.DEFAULT);
    private final Map<Pair, Set<Outcome>> outcomes = new TreeMap<>();
    private final Set<Object> known = new HashSet<>();
    private final Deque<Node> toVisit = new ArrayDeque<>();

    static Map<Pair, Set<Outcome>> outcomes() {
        Exploration exploration = new Exploration();
        exploration.explore();
        return Collections.unmodifiableMap(exploration.outcomes);
    }

    private void explore() {
        reached(SessionMachine.unknown(), Scene.START);
        while (!toVisit.isEmpty()) {
            Node node = toVisit.remove();
            for (Duration later : LATER) {
                Instant at = node.at.plus(later);
                Vocabulary.at(node.session, at, Scene.JITTER).forEach(event -> visit(node.session, event));
                Vocabulary.inherited(node.session, at).forEach(next -> visit(next.session(), next.restored()));
            }
        }
    }

    private void visit(Session session, Named named) {
        Decision decision = machine.decide(session, named.event());
        outcomes.computeIfAbsent(new Pair(Vocabulary.nameOf(session.link()), named.name()), _ -> new TreeSet<>())
                .add(outcome(decision));
        if (decision instanceof Decision.Made made) {
            reached(made.step().next(), named.event().at());
        }
    }

    static Outcome outcome(Decision decision) {
        return switch (decision) {
            case Decision.Ignored ignored -> new Outcome(null, ignored.why());
            case Decision.Made made -> new Outcome(Vocabulary.nameOf(made.step().next().link()),
                    status(made.step().next()));
        };
    }

    static String status(Session session) {
        AccountState account = session.account();
        return account == null ? "unknown" : account.status().wire();
    }

    private void reached(Session session, Instant at) {
        if (known.add(essence(session, at))) {
            toVisit.add(new Node(session, at));
        }
    }

    /** What of a session makes a difference for what it does next. */
    private static Object essence(Session session, Instant at) {
        Link link = session.link();
        Past past = link.past();
        Instant replacedAt = past.replacedAt();
        boolean recentlyReplaced = replacedAt != null && replacedAt.plus(LATER.getLast()).isAfter(at);
        AccountState account = session.account();
        List<Object> common = List.of(Vocabulary.nameOf(link), status(session), session.paired(), recentlyReplaced,
                Math.min(past.restarts(), 3), account != null && account.pairingEndsAt() != null,
                account == null ? "" : account.desired(),
                account != null && Reasons.CREDENTIALS_UNREADABLE.equals(account.reason()));
        return switch (link) {
            case Link.Idle _,Link.ShowingCode _,Link.Scanned _ -> common;
            case Link.Waiting waiting -> List.of(common, waiting.aim());
            case Link.AwaitingTurn waiting -> List.of(common, waiting.aim());
            case Link.Connecting connecting -> List.of(common, connecting.aim());
            case Link.ShowingQr qr -> List.of(common, qr.aim());
            case Link.Open open -> List.of(common, open.stableAt() == null, open.flights().list().stream()
                    .map(f -> List.of(f.dispatch().attempt(), f.stage(), f.earlier())).toList());
        };
    }
}
