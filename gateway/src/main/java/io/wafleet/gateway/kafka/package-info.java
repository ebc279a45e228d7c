/** Adapter: reads the topics into the views, writes orders. */
@NullMarked
package io.wafleet.gateway.kafka;

import org.jspecify.annotations.NullMarked;
