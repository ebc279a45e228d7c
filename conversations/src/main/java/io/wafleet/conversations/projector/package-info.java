/** The role that brings what the topics tell into the store. */
@NullMarked
package io.wafleet.conversations.projector;

import org.jspecify.annotations.NullMarked;
