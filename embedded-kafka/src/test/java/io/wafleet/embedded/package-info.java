/** The broker that tests use, and the embedded broker's own tests. */
@NullMarked
package io.wafleet.embedded;

import org.jspecify.annotations.NullMarked;
