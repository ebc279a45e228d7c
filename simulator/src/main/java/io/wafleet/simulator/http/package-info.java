/** The simulator's HTTP server: WebSockets of the clients, control API, the simulated phone's page. All on one event loop. */
@NullMarked
package io.wafleet.simulator.http;

import org.jspecify.annotations.NullMarked;
