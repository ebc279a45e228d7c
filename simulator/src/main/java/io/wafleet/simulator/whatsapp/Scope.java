package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.PhoneNumber;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a fault strikes.
 *
 * @param who phones in E.164 and account ids; empty for everybody
 */
public record Scope(Set<String> who) {
    public Scope {
        who = Set.copyOf(who);
    }

    public static Scope everybody() {
        return new Scope(Set.of());
    }

    boolean matches(@Nullable PhoneNumber phone, @Nullable String client) {
        return who.isEmpty() || (phone != null && who.contains(phone.e164()))
                || (client != null && who.contains(client));
    }
}
