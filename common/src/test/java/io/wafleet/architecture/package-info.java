/** The rules of the house that a test can check, for every module. */
@NullMarked
package io.wafleet.architecture;

import org.jspecify.annotations.NullMarked;
