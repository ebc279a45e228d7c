/** The port to the broker: what an owner reads and writes, fenced. */
@NullMarked
package io.wafleet.worker.log;

import org.jspecify.annotations.NullMarked;
