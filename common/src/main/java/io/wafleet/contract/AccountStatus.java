package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an account's link to WhatsApp is, in the words of the API. */
public enum AccountStatus {
    /** A connection is being opened. */
    @JsonProperty("connecting")
    CONNECTING("connecting"),
    /** A QR can be scanned. */
    @JsonProperty("qr_ready")
    QR_READY("qr_ready"),
    /** A pairing code can be typed in. */
    @JsonProperty("pairing_code_ready")
    PAIRING_CODE_READY("pairing_code_ready"),
    /** A live connection, whose keep-alive answers. */
    @JsonProperty("connected")
    CONNECTED("connected"),
    /** No connection; the next attempt is planned. */
    @JsonProperty("reconnecting")
    RECONNECTING("reconnecting"),
    /** Disconnected by a person, stays so until a person reconnects it. */
    @JsonProperty("disconnected")
    DISCONNECTED("disconnected"),
    /** WhatsApp refuses the credentials, or a pairing ran out of time: a person must pair it. */
    @JsonProperty("needs_qr")
    NEEDS_QR("needs_qr"),
    /** Somebody else keeps taking the connection: a person must decide. */
    @JsonProperty("conflict")
    CONFLICT("conflict"),
    /** Removed from the fleet. */
    @JsonProperty("deleted")
    DELETED("deleted");

    private final String wire;

    AccountStatus(String wire) {
        this.wire = wire;
    }

    /** The word on the wire. */
    public String wire() {
        return wire;
    }
}
