/** The embedded store: one SQLite file. */
@NullMarked
package io.wafleet.conversations.sqlite;

import org.jspecify.annotations.NullMarked;
