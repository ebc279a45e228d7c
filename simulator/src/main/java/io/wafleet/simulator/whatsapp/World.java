package io.wafleet.simulator.whatsapp;

import io.wafleet.simulator.ledger.Ledger;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What the rules share: the state, and where its consequences go. */
record World(Behaviour behaviour, Phones phones, Map<ConnectionId, Connection> connections, Agenda agenda,
        Effects effects, Ledger ledger, Secrets secrets, Faults faults, Offers offers,
        ChatHistory history, Screens screens, MediaShelf shelf, Groups groups) {
    private static final long MAX_MEDIA_BYTES = 64L << 20;

    static World create(Behaviour behaviour, Ledger ledger, RandomGenerator random) {
        Secrets secrets = new Secrets(random);
        Effects effects = new Effects();
        ChatHistory history = new ChatHistory(behaviour.maxRemembered());
        return new World(behaviour, new Phones(), new HashMap<>(), new Agenda(), effects, ledger, secrets,
                new Faults(secrets), new Offers(), history, new Screens(history, effects),
                new MediaShelf(MAX_MEDIA_BYTES, behaviour.maxRemembered()), new Groups());
    }

    /** Makes it so, and has it stored before anybody is told. */
    void remember(Fact fact) {
        phones.replay(fact);
        effects.remember(fact);
    }
}
