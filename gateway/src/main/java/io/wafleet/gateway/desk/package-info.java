/** Runs one request from the order on its topic to the answer; waits, but decides nothing about HTTP or Kafka. */
@NullMarked
package io.wafleet.gateway.desk;

import org.jspecify.annotations.NullMarked;
