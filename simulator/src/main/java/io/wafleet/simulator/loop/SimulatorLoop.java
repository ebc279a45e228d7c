package io.wafleet.simulator.loop;

import io.wafleet.simulator.whatsapp.Effect;
import io.wafleet.simulator.whatsapp.Fact;
import io.wafleet.simulator.whatsapp.SimulatedWhatsApp;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@link SimulatedWhatsApp} in turns: whatever happens is one turn, and its effects are carried out before the next.
 * Everything here is called on one thread. Within a turn's effects the facts are stored first: a client is never told what a
 * crash could undo.
 */
public final class SimulatorLoop {
    private final SimulatedWhatsApp whatsApp;
    private final FactStore store;
    private final Wires wires;
    private final Audience audience;
    private final Alarm alarm;
    private final InstantSource clock;
    private final Consumer<UncheckedIOException> onBroken;
    private @Nullable Instant armedFor;
    private boolean broken;

    /**
     * @param clock must not jump
     * @param onBroken is told once when facts cannot be stored any more: nothing goes on then
     */
    public SimulatorLoop(SimulatedWhatsApp whatsApp, FactStore store, Wires wires, Audience audience, Alarm alarm,
            InstantSource clock, Consumer<UncheckedIOException> onBroken) {
        this.onBroken = onBroken;
        this.whatsApp = whatsApp;
        this.store = store;
        this.wires = wires;
        this.audience = audience;
        this.alarm = alarm;
        this.clock = clock;
    }

    /** Takes back what was stored; first of all. */
    public void restore() {
        store.load().forEach(whatsApp::replay);
        whatsApp.replayed();
    }

    /** One turn that answers. */
    public <T> T ask(BiFunction<SimulatedWhatsApp, Instant, T> turn) {
        if (broken) {
            throw new IllegalStateException("facts could not be stored");
        }
        T answer = turn.apply(whatsApp, clock.instant());
        carryOut(whatsApp.effects());
        arm();
        return answer;
    }

    /** One turn. */
    public void turn(BiConsumer<SimulatedWhatsApp, Instant> turn) {
        if (!broken) {
            turn.accept(whatsApp, clock.instant());
            carryOut(whatsApp.effects());
            arm();
        }
    }

    private void carryOut(List<Effect> effects) {
        store(effects);
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Tell tell -> wires.tell(tell.connection(), tell.frame());
                case Effect.Shut shut -> wires.shut(shut.connection(), shut.code());
                case Effect.Drop drop -> wires.drop(drop.connection());
                case Effect.Show show -> audience.see(show.sight());
                case Effect.Remember _ -> {
                    // stored already
                }
            }
        }
    }

    private void store(List<Effect> effects) {
        List<Fact> facts = new ArrayList<>();
        for (Effect effect : effects) {
            if (effect instanceof Effect.Remember remember) {
                facts.add(remember.fact());
            }
        }
        if (!facts.isEmpty()) {
            append(facts);
        }
    }

    private void append(List<Fact> facts) {
        try {
            store.append(facts, whatsApp::snapshot);
        } catch (UncheckedIOException e) {
            broken = true;
            onBroken.accept(e);
            throw e;
        }
    }

    /** One alarm for all that is due: an idle account needs none. */
    private void arm() {
        Instant due = whatsApp.nextDue();
        if (due != null && (armedFor == null || due.isBefore(armedFor))) {
            armedFor = due;
            alarm.set(Duration.between(clock.instant(), due), this::ring);
        }
    }

    private void ring() {
        armedFor = null;
        turn(SimulatedWhatsApp::tick);
    }
}
