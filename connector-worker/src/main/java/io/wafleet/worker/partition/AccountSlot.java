package io.wafleet.worker.partition;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.JournalRecord;
import io.wafleet.worker.connector.Connection;
import io.wafleet.worker.connector.Credentials;
import io.wafleet.worker.log.Timers;
import io.wafleet.worker.session.ConnectionNumber;
import io.wafleet.worker.session.Session;
import io.wafleet.worker.session.SessionTimer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the loop holds for one account. Touched by its partition's loop only. */
final class AccountSlot {
    final AccountId id;
    Session session;
    Credentials credentials;
    /** Parts of the journalled credentials that could not be opened; they go when the credentials are replaced. */
    Set<String> unopened = Set.of();
    /** What the backup was told last; null before the first time. */
    Copies.@Nullable Told told;
    /** Whether the metrics count it as connected. */
    boolean countedConnected;
    final Map<ConnectionNumber, Connection> connections = new HashMap<>(1);
    final Map<SessionTimer, Timers.Pending> timers = new EnumMap<>(SessionTimer.class);

    AccountSlot(AccountId id, Session session, Credentials credentials) {
        this.id = id;
        this.session = session;
        this.credentials = credentials;
    }

    boolean isConnected() {
        JournalRecord.AccountState account = session.account();
        return account != null && account.status() == AccountStatus.CONNECTED;
    }

    void cancelTimers() {
        timers.values().forEach(Timers.Pending::cancel);
        timers.clear();
    }

    void closeConnections() {
        connections.values().forEach(c -> c.close(false));
        connections.clear();
    }
}
