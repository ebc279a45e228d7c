/** Liveness, readiness and metrics, served by every role. */
@NullMarked
package io.wafleet.health;

import org.jspecify.annotations.NullMarked;
