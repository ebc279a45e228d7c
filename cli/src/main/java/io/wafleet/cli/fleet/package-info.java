/**
 * A fleet of separate processes, as people run it: started from the distribution that is running, on free ports, with its own data and
 * logs, and ended to the last process. Benchmarks, torture and acceptance tests drive it over HTTP.
 */
@NullMarked
package io.wafleet.cli.fleet;

import org.jspecify.annotations.NullMarked;
