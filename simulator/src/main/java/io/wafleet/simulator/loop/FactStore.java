package io.wafleet.simulator.loop;

import io.wafleet.simulator.whatsapp.Fact;
import java.util.List;
import java.util.function.Supplier;

/** Where facts survive the process. Called on the loop's thread. */
public interface FactStore extends AutoCloseable {
    /** Keeps nothing. */
    FactStore NONE = new FactStore() {
        @Override
        public List<Fact> load() {
            return List.of();
        }

        @Override
        public void append(List<Fact> facts, Supplier<List<Fact>> snapshot) {
            // a restart begins from nothing
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    /** All that was stored, in order. Called once, first. */
    List<Fact> load();

    /**
     * Stores the facts: when it returns, a kill of the process does not lose them.
     *
     * @param snapshot the fewest facts that give the whole state back, these included: the store may begin anew from them
     */
    void append(List<Fact> facts, Supplier<List<Fact>> snapshot);

    @Override
    void close();
}
