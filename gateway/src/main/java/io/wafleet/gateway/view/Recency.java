package io.wafleet.gateway.view;

import java.time.Duration;

/**
 * Tells news from what is only read late. A record proves that its writer lives only if it was written just now; that it was, its
 * reader knows only while it has lately <em>proven</em> that it had read everything there was: whatever it reads next was written
 * after the moment of the proof. A reader that still catches up, was cut off, or slept has no such proof. On its reader's thread;
 * time enters as nanoseconds.
 */
public final class Recency {
    /** Proofs are renewed this many times within the trust, so that a late poll does not make news old. */
    private static final int PROOFS = 4;

    private final long trustNanos;
    private boolean proven;
    private long provenNanos;

    /**
     * @param trust how old a proof may be
     */
    public Recency(Duration trust) {
        this.trustNanos = trust.toNanos();
    }

    /** Reading begins, or begins anew. */
    public void begin() {
        proven = false;
    }

    public boolean needsProof(long nowNanos) {
        return !proven || nowNanos - provenNanos >= trustNanos / PROOFS;
    }

    /** All that was there at that moment has been read. */
    public void proven(long nanos) {
        proven = true;
        provenNanos = nanos;
    }

    /** Whether what is read now was written no longer ago than the trust. */
    public boolean isNews(long nowNanos) {
        return proven && nowNanos - provenNanos <= trustNanos;
    }
}
