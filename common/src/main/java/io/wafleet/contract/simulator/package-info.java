/** The frames between the simulated WhatsApp and its clients, one JSON text frame each. */
@NullMarked
package io.wafleet.contract.simulator;

import org.jspecify.annotations.NullMarked;
