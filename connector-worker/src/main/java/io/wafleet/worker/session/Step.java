package io.wafleet.worker.session;

import java.util.List;

/** What an event makes of a session. When {@code next.account()} differs from before, it is journalled and told. */
public record Step(Session next, List<SessionEffect> effects) {
    public Step {
        effects = List.copyOf(effects);
    }
}
