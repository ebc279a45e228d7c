package io.wafleet.simulator.ledger;

import io.wafleet.contract.PhoneNumber;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A moment in which a pairing had two live connections: a login came while an older one stood. The older was closed with 440.
 *
 * @param older number of the connection that was replaced
 * @param newer number of the connection that replaced it
 * @param olderActs how often the older one still sent or acknowledged a message after that
 * @param lastActAt null when it did not
 */
public record DoubleConnection(Instant at, PhoneNumber phone, long older, long newer, int olderActs,
        @Nullable Instant lastActAt) {}
