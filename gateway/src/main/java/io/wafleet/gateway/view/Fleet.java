package io.wafleet.gateway.view;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatusRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The views together: which account is what, and who may say so. Thread-safe. */
public record Fleet(AccountView accounts, OwnershipView ownership, Partitions partitions, UnsentMessages unsent,
        OutboxView outbox, QueueLengths queues, Undecided undecided) {

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

    /** How many partitions nobody is known to act for. */
    public int withoutOwner(long nowNanos) {
        return (int) IntStream.range(0, partitions.count())
                .filter(p -> ownership.of(p, nowNanos) instanceof Ownership.None).count();
    }

    /** Partitions that nobody is known to act for, and what waits there. */
    public List<Orphan> orphans(Instant now, long nowNanos) {
        Map<Integer, Long> waiting = listed(now, nowNanos).stream().filter(AccountStanding::waitsForOwner)
                .collect(Collectors.groupingBy(s -> partitions.of(s.record().account()), Collectors.counting()));
        List<Orphan> orphans = new ArrayList<>();
        for (int p = 0; p < partitions.count(); p++) {
            if (ownership.of(p, nowNanos) instanceof Ownership.None none) {
                UnsentMessages.Count messages = unsent.of(p);
                orphans.add(new Orphan(p, now.minusNanos(nowNanos - none.sinceNanos()),
                        waiting.getOrDefault(p, 0L).intValue(), messages.total(), messages.dispatched()));
            }
        }
        return orphans;
    }

    private AccountStanding standing(AccountStatusRecord record, Instant now, long nowNanos) {
        return AccountStanding.of(record, owner(record.account(), nowNanos), now, nowNanos);
    }
}
