/** Tests of the projector. */
@NullMarked
package io.wafleet.conversations.projector;

import org.jspecify.annotations.NullMarked;
