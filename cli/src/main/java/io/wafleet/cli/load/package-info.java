/** What a fleet of processes carries: latency, throughput, and what many accounts cost, each beside its floor. */
@NullMarked
package io.wafleet.cli.load;

import org.jspecify.annotations.NullMarked;
