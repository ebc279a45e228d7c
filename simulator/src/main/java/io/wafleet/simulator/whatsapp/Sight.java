package io.wafleet.simulator.whatsapp;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.wafleet.contract.Chat;
import io.wafleet.contract.PhoneNumber;

/** Something that a person at the simulated phone sees change. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({@JsonSubTypes.Type(value = Sight.PairingsChanged.class, name = "pairings"),
    @JsonSubTypes.Type(value = Sight.PhoneChanged.class, name = "phone"),
    @JsonSubTypes.Type(value = Sight.ChatChanged.class, name = "chat")})
public sealed interface Sight {
    /** Other QR codes or pairing codes can be used than before. */
    record PairingsChanged() implements Sight {}

    /** A phone was linked, unlinked, connected or disconnected. */
    record PhoneChanged(PhoneNumber phone) implements Sight {}

    /** A line came into a chat on this phone, or one was read. */
    record ChatChanged(PhoneNumber phone, Chat chat) implements Sight {}
}
