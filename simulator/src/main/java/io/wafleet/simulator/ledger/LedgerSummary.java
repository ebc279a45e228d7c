package io.wafleet.simulator.ledger;

import java.util.SortedMap;

/**
 * Everything in numbers, since the start or since the ledger was last cleared; {@code ...Now} figures are of this moment.
 *
 * @param messages received from clients, repeats and refused ones included
 * @param unique shown to their recipients: one for each id
 * @param duplicatesById repeats of an id
 * @param duplicatesByContent unique ones that say the same in the same chat as an earlier one
 * @param undecryptable sent under a counter already used
 * @param nacked refused
 * @param acksLost accepted, but the ack was swallowed by a fault
 * @param connectsTotal connections opened
 * @param connectsEnded connections that are live no more
 * @param connectedNow live connections, logged in or not
 * @param loggedInNow live connections that are logged in
 * @param loggedInMax the most there were at one time
 * @param loginAttempts logins tried, those refused included
 * @param loginsRefused of them refused, with whatever code
 * @param maxLoginsPerSecond the most login attempts within any one second
 * @param maxConnectsPerSecond the most connections opened within any one second
 * @param pairings phones scanned or codes typed
 * @param doubleConnections moments with two live connections of one pairing
 * @param olderActed of them those in which the older connection still sent or acknowledged a message
 * @param closes connections ended by the simulator, by code
 * @param inbound messages for accounts
 * @param inboundReceived of them acknowledged
 * @param inboundWaiting of them not yet acknowledged
 * @param inboundDeliveries times one was put on a connection
 * @param inboundRedeliveries of them not the first for their message
 * @param inboundUnderUsedCounter acknowledged under a counter already used
 * @param letGo entries that the bounded ledger has dropped, oldest first; the figures here still count them
 */
public record LedgerSummary(long messages, long unique, long duplicatesById, long duplicatesByContent,
        long undecryptable, long nacked, long acksLost, long connectsTotal, long connectsEnded, long connectedNow,
        long loggedInNow, long loggedInMax, long loginAttempts, long loginsRefused, int maxLoginsPerSecond,
        int maxConnectsPerSecond, long pairings, long doubleConnections, long olderActed,
        SortedMap<Integer, Long> closes, long inbound, long inboundReceived, long inboundWaiting,
        long inboundDeliveries, long inboundRedeliveries, long inboundUnderUsedCounter, long letGo) {}
