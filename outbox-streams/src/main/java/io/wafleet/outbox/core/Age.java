package io.wafleet.outbox.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Of a row that is kept only for a while, nothing but until when. */
public record Age(@Nullable Instant keptUntil) implements Ageing {}
