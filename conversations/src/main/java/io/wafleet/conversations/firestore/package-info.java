/** The store in Google Firestore, under the original's collections and field names. */
@NullMarked
package io.wafleet.conversations.firestore;

import org.jspecify.annotations.NullMarked;
