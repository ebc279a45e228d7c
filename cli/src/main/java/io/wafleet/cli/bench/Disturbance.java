package io.wafleet.cli.bench;

import io.wafleet.contract.AccountId;
import io.wafleet.simulator.ledger.LedgerConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an event did to the accounts' connections, by the simulator's ledger. Pure.
 *
 * @param backMs event to the first login after it, of each affected account that came back
 * @param gapMs the longest time without a connection, of each account that had one
 * @param disturbed accounts of which a connection ended, or was to be given up, after the event
 */
record Disturbance(Map<AccountId, Long> backMs, Map<AccountId, Long> gapMs, Set<AccountId> disturbed) {

    /**
     * Reads the ledger.
     *
     * @param connections all from those that were live at the event on
     * @param affected whose owner the event struck
     * @param diesAtOnce the connections of those affected count as dead from the event on
     */
    static Disturbance of(List<LedgerConnection> connections, Instant event, Set<AccountId> affected,
            boolean diesAtOnce) {
        Map<AccountId, List<Login>> byAccount = new HashMap<>();
        connections.stream().flatMap(Login::of).sorted(Comparator.comparing(Login::at))
                .forEach(l -> byAccount.computeIfAbsent(l.account(), _ -> new ArrayList<>()).add(l));
        Disturbance found = new Disturbance(new HashMap<>(), new HashMap<>(), new HashSet<>());
        byAccount.forEach((account, logins) -> found.read(account, logins, event,
                affected.contains(account), diesAtOnce));
        return found;
    }

    /** A connection that was let in. */
    private record Login(AccountId account, Instant at, @Nullable Instant ended) {
        static Stream<Login> of(LedgerConnection connection) {
            String account = connection.client();
            Instant at = connection.loggedInAt();
            return account == null || at == null
                    ? Stream.empty()
                    : Stream.of(new Login(new AccountId(account), at, connection.endedAt()));
        }

        boolean isOver(Instant when) {
            return ended != null && ended.isBefore(when);
        }
    }

    private void read(AccountId account, List<Login> logins, Instant event, boolean isAffected, boolean diesAtOnce) {
        for (int i = 0; i < logins.size(); i++) {
            Login login = logins.get(i);
            boolean isBefore = login.at().isBefore(event);
            if (isAffected && !isBefore) {
                backMs.putIfAbsent(account, ms(event, login.at()));
            }
            if (login.isOver(event)) {
                continue;
            }
            Instant ended = isAffected && isBefore && diesAtOnce ? event : login.ended();
            if (ended != null) {
                disturbed.add(account);
                if (i + 1 < logins.size()) {
                    gapMs.merge(account, Math.max(0, ms(ended, logins.get(i + 1).at())), Math::max);
                }
            }
        }
    }

    private static long ms(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }
}
