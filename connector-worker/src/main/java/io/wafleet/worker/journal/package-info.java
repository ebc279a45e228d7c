/** What an owner must know to take over: the journal's image, and how credentials are sealed in it. */
@NullMarked
package io.wafleet.worker.journal;

import org.jspecify.annotations.NullMarked;
