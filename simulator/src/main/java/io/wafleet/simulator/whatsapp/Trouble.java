package io.wafleet.simulator.whatsapp;

import java.time.Instant;
import java.util.List;

/** Makes things go wrong, for one account, some, or all. Part of {@link SimulatedWhatsApp}, on its thread. */
public final class Trouble {
    private final World world;
    private final Switchboard switchboard;

    Trouble(World world, Switchboard switchboard) {
        this.world = world;
        this.switchboard = switchboard;
    }

    /** Strikes the live connections in the scope; says how many. */
    public int strike(Instant at, Fault.Once fault, Scope scope) {
        List<Connection> struck = world.connections().values().stream()
                .filter(c -> !c.isEnded() && scope.matches(c.phone(), c.client())).toList();
        for (Connection connection : struck) {
            switch (fault) {
                case Fault.Close close -> switchboard.end(at, connection, close.code(), close.reason());
                case Fault.Drop _ -> switchboard.drop(at, connection);
                case Fault.Deaf deaf ->
                    connection.hearing(deaf.hears() ? Connection.Hearing.ONE_WAY : Connection.Hearing.NONE);
            }
        }
        return struck.size();
    }

    /** Lets a fault stand from now on. */
    public StandingFault add(Fault.Standing fault, Scope scope, long times, double probability) {
        return world.faults().add(fault, scope, times, probability);
    }

    /** Lifts one; false when there is none of that id. */
    public boolean lift(String id) {
        return world.faults().lift(id);
    }

    /** Lifts all; says how many. */
    public int liftAll() {
        return world.faults().liftAll();
    }

    public List<StandingFault> standing() {
        return world.faults().all();
    }
}
