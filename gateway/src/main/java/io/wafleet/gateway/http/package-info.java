/** Adapter: HTTP by Vert.x, routed and validated by the contract. */
@NullMarked
package io.wafleet.gateway.http;

import org.jspecify.annotations.NullMarked;
