/** How every process logs: text or JSON, phones masked. */
@NullMarked
package io.wafleet.logging;

import org.jspecify.annotations.NullMarked;
