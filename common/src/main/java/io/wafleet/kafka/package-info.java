/** What all Kafka adapters share: client settings, record codec, partitioning, topics, dead letters. */
@NullMarked
package io.wafleet.kafka;

import org.jspecify.annotations.NullMarked;
