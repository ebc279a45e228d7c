/** Accepts messages, sends each exactly when and as often as it should, and keeps the status changelogs. */
@NullMarked
package io.wafleet.outbox;

import org.jspecify.annotations.NullMarked;
