/** Runs the simulated WhatsApp on one thread, and does what it decides. Holds no rule. */
@NullMarked
package io.wafleet.simulator.loop;

import org.jspecify.annotations.NullMarked;
