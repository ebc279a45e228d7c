package io.wafleet.outbox.core;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Folds what owners tell into {@code account-status}. The state keeps what was said; while nobody lives who could keep it true,
 * what is published says so instead. A deleted account keeps its record, with status {@code deleted}: a tombstone would be
 * compacted away, and a reader that starts later could not tell "deleted" from "never heard of". Lists hide it.
 */
final class AccountFold {
    private static final String JOURNAL_UNREADABLE = "journal_unreadable";

    private final Step step;
    private final Attempts attempts;
    private final Endings endings;

    AccountFold(Step step, Attempts attempts, Endings endings) {
        this.step = step;
        this.attempts = attempts;
        this.endings = endings;
    }

    /** A new owner: no account is connected until it says so, and what was out goes again. */
    void claimed(Epoch epoch, Instant at) {
        if (step.partition().epoch().isOlderThan(epoch)) {
            step.state().put(Table.PARTITION, PartitionRow.KEY,
                    new PartitionRow(epoch, PartitionRow.Owner.PRESENT, at));
            step.accounts().forEach(attempts::requeue);
        }
    }

    /** The claim's owner gave it up, fell silent or came back. */
    void owner(Epoch epoch, PartitionRow.Owner owner, Instant at) {
        PartitionRow was = step.partition();
        boolean released = was.owner() == PartitionRow.Owner.RELEASED;
        if (!was.epoch().equals(epoch) || was.owner() == owner || released) {
            return;
        }
        step.state().put(Table.PARTITION, PartitionRow.KEY, was.with(owner, at));
        for (OutboxStore.Entry<AccountStatusRecord> entry : step.state().scan(Table.STATUSES, Key.FIRST, Key.LAST,
                Integer.MAX_VALUE / 2)) {
            if (needsOwner(entry.value().status())) {
                publish(entry.value());
            }
        }
        if (owner == PartitionRow.Owner.PRESENT) {
            step.accounts().forEach(account -> attempts.pump(account.account()));
        }
    }

    void changed(Event.AccountStatusChanged said) {
        AccountRow account = step.account(said.account());
        boolean connected = said.status() == AccountStatus.CONNECTED;
        AccountRow told = account.connectedUnder(connected ? said.epoch() : Epoch.NONE);
        if (said.status() == AccountStatus.DELETED) {
            step.save(told.pacing(null, step.policy(), step.now()));
            endings.cancelAll(said.account(), Endings.ACCOUNT_DELETED);
        } else {
            step.save(told);
        }
        AccountStatusRecord was = status(said.account());
        // Only what this owner itself showed can still be scanned.
        AccountStatusRecord mine = was != null && was.epoch().equals(said.epoch()) ? was : null;
        keep(new AccountStatusRecord(said.account(), said.phone(), said.name(), said.desired(), said.status(),
                said.reason(), said.code(), said.requiresQr(), said.worker(), said.epoch(), said.at(), step.now(),
                said.nextAttemptAt(), said.createdAt(), said.lastCommand(),
                mine != null && said.status() == AccountStatus.QR_READY ? mine.qr() : null,
                mine != null && said.status() == AccountStatus.PAIRING_CODE_READY ? mine.pairingCode() : null));
        attempts.pump(said.account());
    }

    /** What is known of the account from before is all that is left of it: a person has to add it again. */
    void unreadable(Event.AccountUnreadable said) {
        AccountStatusRecord was = status(said.account());
        step.save(step.account(said.account()).connectedUnder(Epoch.NONE));
        if (was != null) {
            keep(new AccountStatusRecord(was.account(), was.phone(), was.name(), was.desired(), AccountStatus.NEEDS_QR,
                    JOURNAL_UNREADABLE, null, true, said.worker(), said.epoch(), said.at(), step.now(), null,
                    was.createdAt(), was.lastCommand(), null, null));
        }
    }

    void qrIssued(Event.QrIssued said) {
        AccountStatusRecord was = status(said.account());
        if (was != null) {
            pairing(was, AccountStatus.QR_READY, said.at(), new AccountStatusRecord.Qr(said.qr(), said.at(),
                    said.expiresAt(), said.windowEndsAt()), null);
        }
    }

    void pairingCodeIssued(Event.PairingCodeIssued said) {
        AccountStatusRecord was = status(said.account());
        if (was != null) {
            pairing(was, AccountStatus.PAIRING_CODE_READY, said.at(), null,
                    new AccountStatusRecord.PairingCode(said.code(), said.at(), said.windowEndsAt()));
        }
    }

    private void pairing(AccountStatusRecord was, AccountStatus status, Instant at,
            AccountStatusRecord.@Nullable Qr qr, AccountStatusRecord.@Nullable PairingCode code) {
        Instant since = was.status() == status ? was.since() : at;
        keep(new AccountStatusRecord(was.account(), was.phone(), was.name(), was.desired(), status, was.reason(),
                was.code(), was.requiresQr(), was.worker(), step.partition().epoch(), since, step.now(), null,
                was.createdAt(), was.lastCommand(), qr, code));
    }

    private void keep(AccountStatusRecord said) {
        step.state().put(Table.STATUSES, Key.of(said.account()), said);
        publish(said);
    }

    private void publish(AccountStatusRecord said) {
        step.order(new Output.AccountChanged(asThingsStand(said)));
    }

    /** What was said, or that its owner is gone: nothing is called connected that has no live owner. */
    private AccountStatusRecord asThingsStand(AccountStatusRecord said) {
        PartitionRow partition = step.partition();
        if (partition.owner() == PartitionRow.Owner.PRESENT || !needsOwner(said.status())) {
            return said;
        }
        return new AccountStatusRecord(said.account(), said.phone(), said.name(), said.desired(),
                AccountStatus.RECONNECTING, partition.owner().reason(), null, said.requiresQr(), said.worker(),
                said.epoch(), partition.since(), step.now(), null, said.createdAt(), said.lastCommand(), null, null);
    }

    /** Whether it is connected, or should be: only an owner can make that true, and keep it so. */
    private static boolean needsOwner(AccountStatus status) {
        return switch (status) {
            case CONNECTING, QR_READY, PAIRING_CODE_READY, CONNECTED, RECONNECTING -> true;
            case DISCONNECTED, NEEDS_QR, CONFLICT, DELETED -> false;
        };
    }

    private @Nullable AccountStatusRecord status(AccountId account) {
        return step.state().get(Table.STATUSES, Key.of(account));
    }
}
