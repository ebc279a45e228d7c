/** Tests of identity. */
@NullMarked
package io.wafleet.identity;

import org.jspecify.annotations.NullMarked;
