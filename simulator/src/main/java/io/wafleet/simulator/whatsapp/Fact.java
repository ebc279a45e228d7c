package io.wafleet.simulator.whatsapp;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.simulator.ServerFrame;
import java.util.List;

/** What must survive a restart. Replaying the stored facts in order gives the state back. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({@JsonSubTypes.Type(value = Fact.Linked.class, name = "linked"),
    @JsonSubTypes.Type(value = Fact.Unlinked.class, name = "unlinked"),
    @JsonSubTypes.Type(value = Fact.CounterUsed.class, name = "counter"),
    @JsonSubTypes.Type(value = Fact.RatchetKept.class, name = "ratchet"),
    @JsonSubTypes.Type(value = Fact.Registered.class, name = "registered"),
    @JsonSubTypes.Type(value = Fact.Queued.class, name = "queued"),
    @JsonSubTypes.Type(value = Fact.Delivered.class, name = "delivered")})
public sealed interface Fact {
    /** Whose it is. */
    PhoneNumber phone();

    /** The phone linked an account, with a new identity: its ratchet begins anew. */
    record Linked(PhoneNumber phone, long generation, String token, String account) implements Fact {
        @Override
        public String toString() {
            return "Linked[" + phone + ", generation " + generation + ", " + account + "]";
        }
    }

    /** The linked account was logged out, by itself or on the phone. */
    record Unlinked(PhoneNumber phone, long generation) implements Fact {}

    /** The pairing used this ratchet counter. */
    record CounterUsed(PhoneNumber phone, long counter) implements Fact {}

    /** The whole ratchet, in place of all counters used. */
    record RatchetKept(PhoneNumber phone, long highest, List<Ratchet.Gap> gaps) implements Fact {}

    /** Whether the phone is on WhatsApp. */
    record Registered(PhoneNumber phone, boolean registered) implements Fact {}

    /** A message waits for the phone's account. */
    record Queued(PhoneNumber phone, ServerFrame.Message message) implements Fact {}

    /** The account has stored it: it waits no more. */
    record Delivered(PhoneNumber phone, MessageId id) implements Fact {}
}
