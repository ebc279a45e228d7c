/** Tests. */
@NullMarked
package io.wafleet.cli.fleet;

import org.jspecify.annotations.NullMarked;
