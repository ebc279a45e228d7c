package io.wafleet.gateway.view;

import io.wafleet.contract.AccountId;
import java.util.function.ToIntFunction;

/**
 * Which partition an account has.
 *
 * @param count of the fleet's topics
 */
public record Partitions(int count, ToIntFunction<AccountId> byAccount) {
    public int of(AccountId account) {
        return byAccount.applyAsInt(account);
    }
}
