/** The loops: one for the worker's ownerships, one for each partition it is ACTIVE for. They hold no rule. */
@NullMarked
package io.wafleet.worker.partition;

import org.jspecify.annotations.NullMarked;
