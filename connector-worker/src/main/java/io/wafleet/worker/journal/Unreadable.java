package io.wafleet.worker.journal;

import io.wafleet.contract.JournalKey;
import org.jspecify.annotations.Nullable;

/** A record of the journal that cannot be read, as it was. */
public final class Unreadable {
    private final long offset;
    private final @Nullable JournalKey key;
    private final byte @Nullable [] rawKey;
    private final byte[] rawValue;
    private final String reason;

    /**
     * @param key null when the key itself cannot be read
     */
    Unreadable(long offset, @Nullable JournalKey key, byte @Nullable [] rawKey, byte[] rawValue, String reason) {
        this.offset = offset;
        this.key = key;
        this.rawKey = rawKey;
        this.rawValue = rawValue;
        this.reason = reason;
    }

    public long offset() {
        return offset;
    }

    /** What it was about; null when its key says nothing. */
    public @Nullable JournalKey key() {
        return key;
    }

    public byte @Nullable [] rawKey() {
        return rawKey;
    }

    public byte[] rawValue() {
        return rawValue;
    }

    public String reason() {
        return reason;
    }
}
