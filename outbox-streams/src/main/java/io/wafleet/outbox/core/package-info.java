/** Decides what becomes of each message; pure: no clock, no log, no input or output. */
@NullMarked
package io.wafleet.outbox.core;

import org.jspecify.annotations.NullMarked;
