package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.PhoneNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads on demand: writes bursts bit by bit, each bit a task of its own. Part of {@link SimulatedWhatsApp}, on its thread. */
public final class Bursts {
    private static final Duration BREATH = Duration.ofMillis(5);

    private final World world;
    private final Incoming incoming;
    private final Map<Long, Burst> begun = new HashMap<>();
    private long last;

    Bursts(World world, Incoming incoming) {
        this.world = world;
        this.incoming = incoming;
    }

    /**
     * Begins one.
     *
     * @param accounts phones with linked accounts; empty: all there are
     * @param perSecond 0: as fast as can be
     */
    public Answer<BurstView> begin(Instant at, List<PhoneNumber> accounts, int messages, int perSecond) {
        List<PhoneNumber> chosen = accounts.isEmpty() ? linked() : accounts;
        if (chosen.isEmpty() || !chosen.stream().allMatch(this::isLinked)) {
            return Answer.conflict("accounts", "must have linked accounts, all of them");
        }
        Burst burst = new Burst(++last, world.secrets().burstId(), chosen, messages, perSecond, at);
        begun.put(last, burst);
        world.agenda().add(at, new Task.BurstDue(last));
        return Answer.done(burst.view());
    }

    public Optional<BurstView> find(long number) {
        return Optional.ofNullable(begun.get(number)).map(Burst::view);
    }

    void due(Instant at, Task.BurstDue due) {
        Burst burst = begun.get(due.number());
        if (burst != null) {
            burst.writeDue(at, incoming);
            if (!burst.view().done()) {
                world.agenda().add(at.plus(BREATH), due);
            }
        }
    }

    private List<PhoneNumber> linked() {
        return world.phones().all().stream().filter(p -> p.device() != null).map(Phone::number).toList();
    }

    private boolean isLinked(PhoneNumber number) {
        Phone phone = world.phones().find(number);
        return phone != null && phone.device() != null;
    }
}
