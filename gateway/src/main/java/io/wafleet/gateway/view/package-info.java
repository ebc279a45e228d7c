/** What the gateway knows of the fleet, pure: no clock, no thread, no I/O. Written by topic readers, read by HTTP. */
@NullMarked
package io.wafleet.gateway.view;

import org.jspecify.annotations.NullMarked;
