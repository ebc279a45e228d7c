/** Documents that are generated from the code, and the check that they are not stale. */
@NullMarked
package io.wafleet.docs;

import org.jspecify.annotations.NullMarked;
