/** Tests. */
@NullMarked
package io.wafleet.cli.bench;

import org.jspecify.annotations.NullMarked;
