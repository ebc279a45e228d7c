package io.wafleet.gateway.view;

import java.time.Instant;

/**
 * A partition that nobody is known to act for, and what waits there.
 *
 * @param since when that began, as far as this gateway knows: not before its own start
 * @param accounts those that should be connected
 * @param messages those accepted that are not sent yet, dispatched ones among them
 * @param dispatched those handed to the owner that is gone, without outcome
 */
public record Orphan(int partition, Instant since, int accounts, int messages, int dispatched) {}
