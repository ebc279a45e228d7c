package io.wafleet.outbox.core;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.MessageId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One application of the machine: the state as it becomes, the moment, and the orders so far. On the machine's thread. */
final class Step {
    private final OutboxPolicy policy;
    private final Draft state;
    private final Instant now;
    private final List<Output> outputs = new ArrayList<>();
    private final Set<String> changed = new HashSet<>();

    Step(OutboxPolicy policy, Draft state, Instant now) {
        this.policy = policy;
        this.state = state;
        this.now = now;
    }

    OutboxPolicy policy() {
        return policy;
    }

    Draft state() {
        return state;
    }

    Instant now() {
        return now;
    }

    /** Of a message's statuses within one step only the last was ever true for anybody. */
    void order(Output output) {
        if (output instanceof Output.MessageChanged(var status) && !changed.add(status.key())) {
            outputs.removeIf(o -> o instanceof Output.MessageChanged(var before)
                    && before.message().equals(status.message()) && before.account().equals(status.account()));
        }
        outputs.add(output);
    }

    /** A message's status says how long its account's queue is by the end of the step. */
    List<Output> outputs() {
        return outputs.stream().map(output -> output instanceof Output.MessageChanged(var status)
                ? new Output.MessageChanged(status.waiting(account(status.account()).queued()))
                : output).toList();
    }

    PartitionRow partition() {
        PartitionRow row = state.get(Table.PARTITION, PartitionRow.KEY);
        return row == null ? PartitionRow.UNCLAIMED : row;
    }

    AccountRow account(AccountId id) {
        AccountRow row = state.get(Table.ACCOUNTS, Key.of(id));
        return row == null ? AccountRow.fresh(id, policy, now) : row;
    }

    void save(AccountRow row) {
        state.put(Table.ACCOUNTS, Key.of(row.account()), row);
    }

    @Nullable
    MessageRow message(AccountId account, MessageId message) {
        return state.get(Table.MESSAGES, Table.messageKey(account, message));
    }

    void save(MessageRow row) {
        state.put(Table.MESSAGES, row.key(), row);
    }

    /** All accounts of the partition. */
    List<AccountRow> accounts() {
        return state.scan(Table.ACCOUNTS, Key.FIRST, Key.LAST, Integer.MAX_VALUE / 2).stream()
                .map(OutboxStore.Entry::value).toList();
    }
}
