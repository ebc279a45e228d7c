/** What people read, decided purely: what a thread is, what its messages are, what is newer; and the port of the store. */
@NullMarked
package io.wafleet.conversations;

import org.jspecify.annotations.NullMarked;
