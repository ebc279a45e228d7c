package io.wafleet.simulator.ledger;

import java.util.List;

/**
 * A part of a list.
 *
 * @param next pass it as {@code since} to read on
 * @param more whether there is something to read on now
 */
public record LedgerPage<T>(List<T> items, long next, boolean more) {}
