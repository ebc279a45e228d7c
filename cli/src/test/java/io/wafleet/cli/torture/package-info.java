/** Tests. */
@NullMarked
package io.wafleet.cli.torture;

import org.jspecify.annotations.NullMarked;
