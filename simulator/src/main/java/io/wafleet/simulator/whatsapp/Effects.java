package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.simulator.ServerFrame;
import java.util.ArrayList;
import java.util.List;

/** Gathers what a turn leads to. A deaf connection is told nothing. */
final class Effects {
    private List<Effect> gathered = new ArrayList<>();

    void tell(Connection connection, ServerFrame frame) {
        if (!connection.isDeaf()) {
            gathered.add(new Effect.Tell(connection.id(), frame));
        }
    }

    void shut(Connection connection, int code) {
        if (!connection.isDeaf()) {
            gathered.add(new Effect.Shut(connection.id(), code));
        }
    }

    void drop(Connection connection) {
        gathered.add(new Effect.Drop(connection.id()));
    }

    void remember(Fact fact) {
        gathered.add(new Effect.Remember(fact));
    }

    void show(Sight sight) {
        gathered.add(new Effect.Show(sight));
    }

    List<Effect> drain() {
        if (gathered.isEmpty()) {
            return List.of();
        }
        List<Effect> drained = gathered;
        gathered = new ArrayList<>();
        return drained;
    }
}
