/** The port to WhatsApp: what the fleet needs of a connection, whoever makes it. */
@NullMarked
package io.wafleet.worker.connector;

import org.jspecify.annotations.NullMarked;
