@NullMarked
package io.wafleet.media;

import org.jspecify.annotations.NullMarked;
