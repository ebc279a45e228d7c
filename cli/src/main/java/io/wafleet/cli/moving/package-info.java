/** Moving in from the service before this one, and out: what import, export and erase do. */
@NullMarked
package io.wafleet.cli.moving;

import org.jspecify.annotations.NullMarked;
