/** Tests. */
@NullMarked
package io.wafleet.cli.load;

import org.jspecify.annotations.NullMarked;
