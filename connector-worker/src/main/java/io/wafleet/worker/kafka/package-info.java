/** Kafka behind the worker's ports. */
@NullMarked
package io.wafleet.worker.kafka;

import org.jspecify.annotations.NullMarked;
