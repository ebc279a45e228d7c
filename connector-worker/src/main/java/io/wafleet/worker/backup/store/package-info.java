/** Copies of credentials, written to the store that is set and read back from it. */
@NullMarked
package io.wafleet.worker.backup.store;

import org.jspecify.annotations.NullMarked;
