package io.wafleet.outbox.core;

import io.wafleet.contract.MessageStatusRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that is final: only evidence of delivery still moves it.
 *
 * @param keptUntil after this the row may go
 * @param failed the message as it was when it failed, so that a person can have it tried again; null unless it failed
 */
record FinalRow(MessageStatusRecord status, Instant keptUntil, @Nullable MessageRow failed) implements Ageing {}
