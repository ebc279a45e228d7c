package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a person wants an account to be; kept across takeovers. */
public enum DesiredState {
    @JsonProperty("connected")
    CONNECTED, @JsonProperty("disconnected")
    DISCONNECTED, @JsonProperty("deleted")
    DELETED
}
