/** What every store must do, as tests; and the tests of the decisions that all stores share. */
@NullMarked
package io.wafleet.conversations;

import org.jspecify.annotations.NullMarked;
