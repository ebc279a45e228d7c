/** Owns partitions and keeps their accounts connected. */
@NullMarked
package io.wafleet.worker;

import org.jspecify.annotations.NullMarked;
