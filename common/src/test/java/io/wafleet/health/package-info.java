/** Tests of health. */
@NullMarked
package io.wafleet.health;

import org.jspecify.annotations.NullMarked;
