/** Copies of credentials outside Kafka: which is written when, and what is asked of them when a journal was lost. */
@NullMarked
package io.wafleet.worker.backup;

import org.jspecify.annotations.NullMarked;
