/** What an owner must know to take over: the journal's image. */
@NullMarked
package io.wafleet.worker.journal;

import org.jspecify.annotations.NullMarked;
