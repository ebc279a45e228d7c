/** Tests of the embedded store. */
@NullMarked
package io.wafleet.conversations.sqlite;

import org.jspecify.annotations.NullMarked;
