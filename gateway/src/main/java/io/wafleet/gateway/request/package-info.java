/** What callers ask and how it can end, pure. */
@NullMarked
package io.wafleet.gateway.request;

import org.jspecify.annotations.NullMarked;
