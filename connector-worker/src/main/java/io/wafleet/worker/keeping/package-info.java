/** Keeps the bytes of media that arrived: which are wanted, and how they are brought from WhatsApp to the media store. */
@NullMarked
package io.wafleet.worker.keeping;

import org.jspecify.annotations.NullMarked;
