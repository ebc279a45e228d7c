/** Tests of settings. */
@NullMarked
package io.wafleet.settings;

import org.jspecify.annotations.NullMarked;
