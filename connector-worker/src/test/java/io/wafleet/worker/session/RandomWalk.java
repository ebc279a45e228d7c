package io.wafleet.worker.session;

import io.wafleet.worker.session.Exploration.Outcome;
import io.wafleet.worker.session.Exploration.Pair;
import io.wafleet.worker.session.Vocabulary.Named;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** One account's random life, from its seed: mostly what is to be expected next, often enough what is not. */
final class RandomWalk {
    private static final int REMEMBERED = 12;

    private final SessionMachine machine = new SessionMachine(SessionPolicy.DEFAULT);
    private final SplittableRandom random;
    private final Map<Pair, Set<Outcome>> visited;
    private final Deque<String> recent = new ArrayDeque<>();
    private Session session = SessionMachine.unknown();
    private Invariants invariants = new Invariants();
    private Instant now = Scene.START;
    private int attempts;

    RandomWalk(long seed, Map<Pair, Set<Outcome>> visited) {
        this.random = new SplittableRandom(seed);
        this.visited = visited;
    }

    void walk(int steps) {
        try {
            for (int i = 0; i < steps; i++) {
                step();
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n  " + String.join("\n  ", recent) + "\n  now " + session, e);
        }
    }

    private void step() {
        now = now.plus(pause());
        if (random.nextInt(100) == 0) {
            takeOver();
            return;
        }
        happen(random.nextInt(3) == 0 ? anything() : likely());
    }

    private Duration pause() {
        return random.nextInt(20) == 0
                ? Duration.ofSeconds(random.nextInt(900))
                : Duration.ofMillis(random.nextInt(3_000));
    }

    /** The next owner knows nothing but the journal. */
    private void takeOver() {
        List<Session> choices = Vocabulary.restored(session);
        session = choices.get(random.nextInt(8) == 0 ? random.nextInt(choices.size()) : 0);
        invariants = new Invariants();
        happen(new Named("restored", new SessionEvent.Restored(now, SessionEvent.Unreadable.NOTHING)));
    }

    private Named anything() {
        Named chosen = any(Vocabulary.KINDS);
        return chosen.event() instanceof SessionEvent.DispatchOrdered ? dispatch() : chosen;
    }

    /** One of these, of which some may not be possible now. */
    private Named any(List<Vocabulary.Kind> kinds) {
        return kinds.get(random.nextInt(kinds.size())).make(session, now, random.nextDouble())
                .orElseGet(this::dispatch);
    }

    /** Two messages, so that one is dispatched again while in flight; now and then the very same attempt. */
    private Named dispatch() {
        if (session.link() instanceof Link.Open open && !open.flights().owed().isEmpty() && random.nextInt(8) == 0) {
            return Vocabulary.dispatch(now, open.flights().owed().getFirst().dispatch());
        }
        attempts++;
        return Vocabulary.dispatch(now, Scene.dispatchOf("m" + (1 + random.nextInt(2)), attempts));
    }

    private Named likely() {
        List<String> names = switch (session.link()) {
            case Link.Idle _ -> List.of("order: link", "order: regenerate QR", "order: reconnect");
            case Link.Waiting _ -> List.of("timer: RECONNECT");
            case Link.AwaitingTurn _ -> List.of("turn comes");
            case Link.Connecting _ -> List.of("QR shown", "opened", "opened", "closed: 428, 503, unknown",
                    "closed: 515");
            case Link.ShowingQr _ ->
                List.of("QR shown", "paired", "pairing code shown", "closed: 408", "closed: 515", "closed: 440");
            case Link.ShowingCode _ -> List.of("paired", "closed: 408", "closed: 515", "closed: 440");
            case Link.Scanned _ -> List.of("closed: 515");
            case Link.Open _ -> List.of("dispatch", "dispatch", "dispatch", "send acked", "timer: SEND_ACK",
                    "message arrived", "closed: 515", "closed: 440", "timer: STABLE");
        };
        String name = names.get(random.nextInt(names.size()));
        return name.equals("dispatch") ? dispatch() : any(Vocabulary.kinds(name));
    }

    private void happen(Named named) {
        SessionEvent event = named.event();
        now = event.at().isAfter(now) ? event.at() : now;
        if (recent.size() == REMEMBERED) {
            recent.removeFirst();
        }
        recent.add(Vocabulary.nameOf(session.link()) + " <- " + named.name());
        Decision decision = machine.decide(session, event);
        visited.computeIfAbsent(new Pair(Vocabulary.nameOf(session.link()), named.name()), _ -> new HashSet<>())
                .add(Exploration.outcome(decision));
        Step step = machine.apply(session, event);
        if (!(decision instanceof Decision.Ignored && event instanceof SessionEvent.DispatchOrdered)) {
            invariants.happens(event);
        }
        invariants.holdsAfter(session, event, step);
        session = step.next();
    }
}
