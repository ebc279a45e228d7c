package io.wafleet.conversations;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import java.time.Instant;

/**
 * Whose phone a LID is, as one account was told.
 *
 * @param at when; the later one wins
 * @param joining whether messages of the LID's thread are still on their way to the phone's; told again, the same
 *     {@link Change.LidKnown} takes the rest
 */
public record Alias(AccountId account, Chat lid, Chat phone, Instant at, boolean joining) {
    Alias joined() {
        return new Alias(account, lid, phone, at, false);
    }

    /** Whether this is what is to be believed from now on. */
    boolean replaces(Alias known) {
        int order = at.compareTo(known.at);
        return !phone.equals(known.phone) && (order > 0 || (order == 0 && phone.compareTo(known.phone) > 0));
    }
}
