/** The outbox on Kafka Streams: topology, stores, what it reads and writes. */
@NullMarked
package io.wafleet.outbox.kafka;

import org.jspecify.annotations.NullMarked;
