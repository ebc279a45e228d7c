/** How credentials are sealed for the journal. */
@NullMarked
package io.wafleet.worker.sealing;

import org.jspecify.annotations.NullMarked;
