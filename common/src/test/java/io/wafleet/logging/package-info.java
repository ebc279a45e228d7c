/** Tests of logging. */
@NullMarked
package io.wafleet.logging;

import org.jspecify.annotations.NullMarked;
