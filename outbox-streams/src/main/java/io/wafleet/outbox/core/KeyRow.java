package io.wafleet.outbox.core;

import io.wafleet.contract.MessageId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code Idempotency-Key} stands for.
 *
 * @param fingerprint of the request that used it first; null when the gateway gave none
 * @param keptUntil after this it is free again; null while its message is not final
 */
record KeyRow(MessageId message, @Nullable String fingerprint, @Nullable Instant keptUntil)
        implements
            Ageing {}
