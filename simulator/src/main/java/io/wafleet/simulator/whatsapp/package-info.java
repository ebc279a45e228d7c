/**
 * The rules of the simulated WhatsApp: pure, one writer, no clock. Time enters as an argument; what must be done leaves as
 * {@link io.wafleet.simulator.whatsapp.Effect effects}.
 */
@NullMarked
package io.wafleet.simulator.whatsapp;

import org.jspecify.annotations.NullMarked;
