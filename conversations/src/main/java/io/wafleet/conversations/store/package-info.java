/** Which store is used, and how to come by it. */
@NullMarked
package io.wafleet.conversations.store;

import org.jspecify.annotations.NullMarked;
