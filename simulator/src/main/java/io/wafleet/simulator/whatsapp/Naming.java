package io.wafleet.simulator.whatsapp;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.wafleet.contract.Chat;
import io.wafleet.contract.PhoneNumber;
import org.jspecify.annotations.Nullable;

/** How WhatsApp names a person to an account. */
public enum Naming {
    /** By the phone, and nothing else. */
    @JsonProperty("phone")
    PHONE,
    /** By the LID; the phone stays hidden. */
    @JsonProperty("lid")
    LID,
    /** By the LID, and tells the phone beside it. */
    @JsonProperty("lid-and-phone")
    LID_AND_PHONE,
    /** By the phone, and tells the LID beside it. */
    @JsonProperty("phone-and-lid")
    PHONE_AND_LID;

    Chat name(PhoneNumber person) {
        return switch (this) {
            case PHONE, PHONE_AND_LID -> Chat.of(person);
            case LID, LID_AND_PHONE -> Lids.of(person);
        };
    }

    @Nullable
    Chat alternative(PhoneNumber person) {
        return switch (this) {
            case PHONE, LID -> null;
            case LID_AND_PHONE -> Chat.of(person);
            case PHONE_AND_LID -> Lids.of(person);
        };
    }
}
