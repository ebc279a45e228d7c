package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A record on a topic. Its {@code v} grows when a reader of the old form could no longer understand the new one. */
public interface Versioned {
    /** The newest schema version that this code reads and writes. */
    int SCHEMA_VERSION = 1;

    @JsonProperty("v")
    default int schemaVersion() {
        return SCHEMA_VERSION;
    }
}
