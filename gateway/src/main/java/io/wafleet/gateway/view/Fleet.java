package io.wafleet.gateway.view;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatusRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The views together: which account is what, and who may say so. Thread-safe. */
public record Fleet(AccountView accounts, OwnershipView ownership, Partitions partitions) {

    /** Who could carry out an order for the account. */
    public Ownership owner(AccountId account, long nowNanos) {
        return ownership.of(partitions.of(account), nowNanos);
    }

    public Optional<AccountStanding> find(AccountId account, Instant now, long nowNanos) {
        return accounts.find(account).map(record -> standing(record, now, nowNanos));
    }

    /** All but deleted accounts, oldest first. */
    public List<AccountStanding> listed(Instant now, long nowNanos) {
        return accounts.listed().stream().map(record -> standing(record, now, nowNanos)).toList();
    }

    /** Partitions that nobody is known to act for. */
    public List<Integer> withoutOwner(long nowNanos) {
        return IntStream.range(0, partitions.count())
                .filter(p -> ownership.of(p, nowNanos) instanceof Ownership.None).boxed().toList();
    }

    private AccountStanding standing(AccountStatusRecord record, Instant now, long nowNanos) {
        return AccountStanding.of(record, owner(record.account(), nowNanos), now, nowNanos);
    }
}
