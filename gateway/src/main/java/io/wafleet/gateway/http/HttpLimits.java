package io.wafleet.gateway.http;

import java.time.Duration;

/**
 * What a client may ask for, and how slowly.
 *
 * @param maxBodyBytes of a request; more is answered 413
 * @param maxBulkBytes of a request that sends many messages; more is answered 413
 * @param maxHeldBytes of all bodies under way together; a request with more is answered 503
 * @param maxHeaderBytes of all headers of a request together; more is answered 431
 * @param headerTimeout for a new connection's first request to have its headers complete
 * @param bodyTimeout for a request's body to be complete
 * @param idleTimeout for a connection without any traffic; and for the next request on a connection that had one
 */
public record HttpLimits(int maxBodyBytes, int maxBulkBytes, long maxHeldBytes, int maxHeaderBytes,
        Duration headerTimeout,
        Duration bodyTimeout,
        Duration idleTimeout) {}
