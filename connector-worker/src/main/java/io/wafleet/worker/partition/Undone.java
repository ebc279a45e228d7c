package io.wafleet.worker.partition;

import io.wafleet.contract.AccountId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Transactions in order whose acts are still to be done: those of one are done when all before it are committed. */
final class Undone {
    private final Deque<Transaction> transactions = new ArrayDeque<>();

    void add(Transaction transaction) {
        transactions.add(transaction);
    }

    /** Whether it is one of these; else the answer to it came too late. */
    boolean holds(Transaction transaction) {
        return transactions.contains(transaction);
    }

    /** Does what may be done by now, in order, for as long as acting is allowed. */
    void actWhile(BooleanSupplier allowed) {
        while (!transactions.isEmpty() && transactions.getFirst().isCommitted()) {
            for (Runnable act : transactions.getFirst().acts) {
                if (!allowed.getAsBoolean()) {
                    return;
                }
                act.run();
            }
            transactions.removeFirst();
        }
    }

    /** The accounts that they are about. */
    Set<AccountId> accounts() {
        Set<AccountId> accounts = new HashSet<>();
        transactions.forEach(t -> accounts.addAll(t.accounts));
        return accounts;
    }

    /**
     * Forgets them all.
     *
     * @return the accounts that they were about
     */
    Set<AccountId> clear() {
        Set<AccountId> accounts = accounts();
        transactions.clear();
        return accounts;
    }
}
