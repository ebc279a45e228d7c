package io.wafleet.worker.partition;

import io.wafleet.contract.AccountId;
import io.wafleet.worker.log.Entry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What one message of the loop leads to: records written together, then acts done after the commit. */
final class Transaction {
    final List<Entry> entries = new ArrayList<>();
    final List<Runnable> acts = new ArrayList<>();
    /** The accounts whose sessions it moved on. */
    final Set<AccountId> accounts = new HashSet<>();
    /** Its number among the owner's writes; 0 until it has one. */
    long sequence;
    private boolean committed;

    /** Whether there is nothing to make durable. */
    boolean isOnlyActs() {
        return entries.isEmpty();
    }

    void committed() {
        committed = true;
    }

    boolean isCommitted() {
        return committed;
    }
}
