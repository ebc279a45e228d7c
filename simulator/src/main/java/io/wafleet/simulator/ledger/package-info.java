/** What the simulated WhatsApp saw, for people and tests: pure, in memory, bounded. Its records are the JSON of the ledger API. */
@NullMarked
package io.wafleet.simulator.ledger;

import org.jspecify.annotations.NullMarked;
