/** A WhatsApp to develop and test against. */
@NullMarked
package io.wafleet.simulator;

import org.jspecify.annotations.NullMarked;
