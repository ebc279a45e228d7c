/** An account's link to WhatsApp as one pure machine: it decides, the partition loop does. */
@NullMarked
package io.wafleet.worker.session;

import org.jspecify.annotations.NullMarked;
