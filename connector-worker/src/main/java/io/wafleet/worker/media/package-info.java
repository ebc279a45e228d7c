/** Media that are said by their address: what may be fetched, and the port that brings it. Pure. */
@NullMarked
package io.wafleet.worker.media;

import org.jspecify.annotations.NullMarked;
