/** A KRaft broker in this process. */
@NullMarked
package io.wafleet.embedded;

import org.jspecify.annotations.NullMarked;
