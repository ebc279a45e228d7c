package io.wafleet.cli.torture;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What came of it.
 *
 * @param strokes all that was done, in order
 * @param restarts what ended by itself and was started again, as after a start while the broker was down
 * @param accepted messages that clients got a 2xx for
 * @param repeats requests that clients had to make again, by the answer that they got
 * @param received messages that recipients saw
 * @param inbound messages for accounts, from each other and from strangers
 * @param statuses accounts by the status that the gateway says at the end
 * @param settledMs how long after the last stroke all accounts were connected and all messages received
 * @param problems empty when all promises were kept
 */
public record TortureReport(long seed, int accounts, int workers, int rounds, List<String> strokes,
        List<String> restarts, long accepted,
        SortedMap<String, Long> repeats, long received, long inbound, Map<String, Integer> statuses, long settledMs,
        List<String> problems) {}
