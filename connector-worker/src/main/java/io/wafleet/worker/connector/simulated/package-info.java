/** The connector that speaks to the simulated WhatsApp. */
@NullMarked
package io.wafleet.worker.connector.simulated;

import org.jspecify.annotations.NullMarked;
