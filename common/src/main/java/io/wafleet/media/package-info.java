/** Where the bytes of media that arrived are kept: the port, and the folder. */
@NullMarked
package io.wafleet.media;

import org.jspecify.annotations.NullMarked;
