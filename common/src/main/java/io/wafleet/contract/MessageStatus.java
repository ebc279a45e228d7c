package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where an outbound message stands. */
public enum MessageStatus {
    /** Accepted, waits: for the account, its turn, its time or its next attempt. */
    @JsonProperty("queued")
    QUEUED("queued", false),
    /** Handed to the account's owner; no outcome yet. */
    @JsonProperty("dispatched")
    DISPATCHED("dispatched", false),
    /** WhatsApp's server has it. */
    @JsonProperty("sent")
    SENT("sent", true),
    /** On the recipient's device. */
    @JsonProperty("delivered")
    DELIVERED("delivered", true), @JsonProperty("read")
    READ("read", true),
    /** A voice or video message was played. */
    @JsonProperty("played")
    PLAYED("played", true), @JsonProperty("failed")
    FAILED("failed", true), @JsonProperty("expired")
    EXPIRED("expired", true), @JsonProperty("cancelled")
    CANCELLED("cancelled", true);

    private final String wire;
    private final boolean isFinal;

    MessageStatus(String wire, boolean isFinal) {
        this.wire = wire;
        this.isFinal = isFinal;
    }

    /** The word on the wire. */
    public String wire() {
        return wire;
    }

    /** Whether only evidence of delivery may still move it, and only forwards. */
    public boolean isFinal() {
        return isFinal;
    }

    /** Whether WhatsApp's server is known to have the message. */
    public boolean isSentOrLater() {
        return this == SENT || this == DELIVERED || this == READ || this == PLAYED;
    }
}
