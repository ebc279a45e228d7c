/** Tests of moving in. */
@NullMarked
package io.wafleet.conversations.moving;

import org.jspecify.annotations.NullMarked;
