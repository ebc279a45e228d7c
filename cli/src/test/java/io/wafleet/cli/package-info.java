/** Tests of the command line. */
@NullMarked
package io.wafleet.cli;

import org.jspecify.annotations.NullMarked;
