/** Firestore's adapter, on Google's own emulator. */
@NullMarked
package io.wafleet.conversations.firestore;

import org.jspecify.annotations.NullMarked;
