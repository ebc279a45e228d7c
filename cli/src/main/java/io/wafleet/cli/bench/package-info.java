/**
 * Benchmarks of a fleet of separate processes. What is pure computes figures from what was seen ({@link Figures},
 * {@link Disturbance}); the rest drives processes and reads topics and the simulator's ledger.
 */
@NullMarked
package io.wafleet.cli.bench;

import org.jspecify.annotations.NullMarked;
