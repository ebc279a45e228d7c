/**
 * The whole ownership protocol in memory, run by a seed: real loops and machines, on a broker, a group and a WhatsApp that behave as
 * the real ones were measured to. {@link io.wafleet.worker.simulation.World} is one run.
 */
@NullMarked
package io.wafleet.worker.simulation;

import org.jspecify.annotations.NullMarked;
