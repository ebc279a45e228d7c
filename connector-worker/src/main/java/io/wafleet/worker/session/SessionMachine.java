package io.wafleet.worker.session;

import io.wafleet.contract.JournalRecord;

/** Placeholder until merged. */
public final class SessionMachine {
    public Step apply(Session before, SessionEvent event) {
        return new Step(before, java.util.List.of());
    }

    public static Session restored(JournalRecord.AccountState account, boolean paired) {
        return new Session(account, paired, new Link.Idle());
    }

    public static Session unknown() {
        return new Session(null, false, new Link.Idle());
    }
}
