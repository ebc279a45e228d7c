/** Keeps the simulator's facts in a file. */
@NullMarked
package io.wafleet.simulator.file;

import org.jspecify.annotations.NullMarked;
