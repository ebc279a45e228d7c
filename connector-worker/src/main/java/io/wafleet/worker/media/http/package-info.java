/** Fetches media over HTTP. */
@NullMarked
package io.wafleet.worker.media.http;

import org.jspecify.annotations.NullMarked;
