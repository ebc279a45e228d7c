package io.wafleet.simulator.loop;

import io.wafleet.simulator.whatsapp.Sight;

/** Whoever looks at the simulated phones. Called on the loop's thread. */
public interface Audience {
    void see(Sight sight);
}
