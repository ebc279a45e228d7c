/** {@code wafleet verify}: the promises of a fleet, each played through on one that runs. */
@NullMarked
package io.wafleet.cli.verify;

import org.jspecify.annotations.NullMarked;
