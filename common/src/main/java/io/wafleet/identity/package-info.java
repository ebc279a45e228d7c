/** Phone numbers and account ids. */
@NullMarked
package io.wafleet.identity;

import org.jspecify.annotations.NullMarked;
