/** Settings: each declared once with key, type, default and a sentence; read from options, environment and defaults. */
@NullMarked
package io.wafleet.settings;

import org.jspecify.annotations.NullMarked;
