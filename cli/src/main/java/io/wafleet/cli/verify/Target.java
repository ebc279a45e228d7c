package io.wafleet.cli.verify;

import org.jspecify.annotations.Nullable;

/**
 * A fleet that runs already.
 *
 * @param gateway address, without a slash at the end
 * @param simulator the same; null when it has none that may be used
 */
public record Target(String gateway, @Nullable String simulator) {}
