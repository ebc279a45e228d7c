package io.wafleet.conversations.moving;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.PhoneNumber;
import org.jspecify.annotations.Nullable;

/**
 * An account that is to be listed, under the id that it has.
 *
 * @param name 1 to 100 characters; null: it has none
 */
public record MovedAccount(AccountId account, PhoneNumber phone, @Nullable String name) {
    /** Without the name. */
    @Override
    public String toString() {
        return "MovedAccount[" + account + ", " + phone + "]";
    }
}
