/** Breaks the rules, to see them fail. */
@NullMarked
package io.wafleet.architecture.sample.core;

import org.jspecify.annotations.NullMarked;
