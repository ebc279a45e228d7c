package io.wafleet.worker.session;

import io.wafleet.worker.session.Vocabulary.Named;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * One account's random life, from its seed: mostly what is to be expected next, often enough what is not. Throws an
 * {@link AssertionError} at the first thing that must not be.
 */
final class RandomWalk {
    private static final int REMEMBERED = 12;
    private static final int SHORTEST = 5;
    private static final int LONGEST = 40;

    /** Told of every step. */
    interface Witness {
        Witness NOBODY = (_, _, _) -> {
        };

        void saw(Session before, Named event, Decision decision);
    }

    private static final Map<String, List<String>> EXPECTED = Map.of("Idle",
            List.of("order: link", "order: regenerate QR", "order: reconnect"), "Waiting", List.of("timer: RECONNECT"),
            "AwaitingTurn", List.of("turn comes"), "Connecting",
            List.of("QR shown", "opened", "opened", "closed: 428, 503, unknown", "closed: 515"), "ShowingQr",
            List.of("QR shown", "paired", "paired", "pairing code shown", "closed: 408", "closed: 515", "closed: 440"),
            "ShowingCode", List.of("paired", "closed: 408", "closed: 515", "closed: 440"), "Scanned",
            List.of("closed: 515"), "Open", List.of("dispatch", "dispatch", "dispatch", "media brought",
                    "media not to be had", "send acked", "timer: SEND_ACK",
                    "message arrived", "closed: 515", "closed: 440", "timer: STABLE"));

    private final SessionMachine machine;
    private final SplittableRandom random;
    private final Witness witness;
    private Session session = SessionMachine.unknown();
    private Invariants invariants = new Invariants();
    private Instant now = Scene.START;
    private int attempts;
    private int steps;

    private RandomWalk(SessionMachine machine, long seed, Witness witness) {
        this.machine = machine;
        this.random = new SplittableRandom(seed);
        this.witness = witness;
    }

    /**
     * @return how many steps it took
     */
    static int walk(SessionMachine machine, long seed, Witness witness) {
        RandomWalk walk = new RandomWalk(machine, seed, witness);
        walk.walk();
        return walk.steps;
    }

    /** The last steps of a walk that fails, for people. */
    static String story(SessionMachine machine, long seed) {
        Deque<String> recent = new ArrayDeque<>();
        try {
            walk(machine, seed, (before, event, _) -> {
                if (recent.size() == REMEMBERED) {
                    recent.removeFirst();
                }
                recent.add(Vocabulary.nameOf(before.link()) + " " + Exploration.status(before) + " <- " + event.name());
            });
            return "it does not happen again";
        } catch (RuntimeException | AssertionError e) {
            return e.getMessage() + "\n  " + String.join("\n  ", recent);
        }
    }

    private void walk() {
        int length = SHORTEST + random.nextInt(LONGEST - SHORTEST + 1);
        while (steps < length) {
            now = now.plus(pause());
            if (random.nextInt(50) == 0) {
                takeOver();
            } else {
                happen(random.nextInt(4) == 0 ? anything() : likely());
            }
        }
        Invariants.hasAWayOut(machine, session, now);
    }

    private Duration pause() {
        return random.nextInt(20) == 0
                ? Duration.ofSeconds(random.nextInt(900))
                : Duration.ofMillis(random.nextInt(3_000));
    }

    /** The next owner knows nothing but the journal. */
    private void takeOver() {
        List<Vocabulary.Inherited> choices = Vocabulary.inherited(session, now);
        Vocabulary.Inherited chosen = choices.get(random.nextInt(4) == 0 ? random.nextInt(choices.size()) : 0);
        session = chosen.session();
        invariants = new Invariants();
        happen(chosen.restored());
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
        String message = "m" + (1 + random.nextInt(2));
        return Vocabulary.dispatch(now, random.nextInt(3) == 0
                ? Scene.mediaOf(message, attempts)
                : Scene.dispatchOf(message, attempts));
    }

    private Named likely() {
        List<String> names = Objects.requireNonNull(EXPECTED.get(Vocabulary.nameOf(session.link())));
        String name = names.get(random.nextInt(names.size()));
        return name.equals("dispatch") ? dispatch() : any(Vocabulary.kinds(name));
    }

    private void happen(Named named) {
        SessionEvent event = named.event();
        now = event.at().isAfter(now) ? event.at() : now;
        steps++;
        Decision decision = machine.decide(session, event);
        witness.saw(session, named, decision);
        Step step = switch (decision) {
            case Decision.Made made -> made.step();
            case Decision.Ignored _ -> new Step(session, List.of());
        };
        if (!(decision instanceof Decision.Ignored && event instanceof SessionEvent.DispatchOrdered)) {
            invariants.happens(event);
        }
        invariants.holdsAfter(session, event, step);
        session = step.next();
    }
}
