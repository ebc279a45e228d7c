/** Moving in: the documents of the service before this one become changes, accounts and sessions. Pure. */
@NullMarked
package io.wafleet.conversations.moving;

import org.jspecify.annotations.NullMarked;
