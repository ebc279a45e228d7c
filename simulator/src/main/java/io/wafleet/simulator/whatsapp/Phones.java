package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.PhoneNumber;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The numbers that WhatsApp knows something of; every other possible number is on WhatsApp too. */
final class Phones {
    private final Map<PhoneNumber, Phone> byNumber = new HashMap<>();
    private final Map<String, Phone> byAccount = new HashMap<>();

    Phone of(PhoneNumber number) {
        return byNumber.computeIfAbsent(number, Phone::new);
    }

    @Nullable
    Phone find(PhoneNumber number) {
        return byNumber.get(number);
    }

    /** The phone that an account was last linked to. */
    @Nullable
    Phone ofAccount(String account) {
        return byAccount.get(account);
    }

    Collection<Phone> all() {
        return byNumber.values();
    }

    boolean isRegistered(PhoneNumber number) {
        Phone phone = find(number);
        return phone == null || phone.isRegistered();
    }

    /** The only way that lasting things change: live, and after a restart. */
    void replay(Fact fact) {
        Phone phone = of(fact.phone());
        phone.replay(fact);
        if (fact instanceof Fact.Linked linked) {
            byAccount.put(linked.account(), phone);
        }
    }

    /** The fewest facts that give this state back. */
    List<Fact> snapshot() {
        List<Fact> facts = new ArrayList<>();
        for (Phone phone : byNumber.values()) {
            snapshot(phone, facts);
        }
        return facts;
    }

    private static void snapshot(Phone phone, List<Fact> facts) {
        PhoneNumber number = phone.number();
        Phone.Device device = phone.device();
        if (device != null) {
            facts.add(new Fact.Linked(number, phone.generation(), device.token(), device.account()));
            facts.add(new Fact.RatchetKept(number, phone.ratchet().highest(), phone.ratchet().gaps()));
        } else if (phone.generation() > 0) {
            facts.add(new Fact.Unlinked(number, phone.generation()));
        }
        if (!phone.isRegistered()) {
            facts.add(new Fact.Registered(number, false));
        }
        phone.waiting().forEach(message -> facts.add(new Fact.Queued(number, message)));
    }
}
