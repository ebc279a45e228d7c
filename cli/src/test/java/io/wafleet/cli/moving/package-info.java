/** Tests of moving in and out. */
@NullMarked
package io.wafleet.cli.moving;

import org.jspecify.annotations.NullMarked;
