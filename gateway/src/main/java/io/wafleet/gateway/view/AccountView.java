package io.wafleet.gateway.view;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.AccountStatusRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All accounts of the changelog, and those just added through this gateway, which the changelog does not have yet. Thread-safe.
 */
public final class AccountView {
    private static final Comparator<AccountStatusRecord> OLDEST_FIRST = Comparator
            .comparing(AccountStatusRecord::createdAt).thenComparing(AccountStatusRecord::account);

    private final Map<AccountId, AccountStatusRecord> told = new ConcurrentHashMap<>();
    private final Map<AccountId, AccountStatusRecord> announced = new ConcurrentHashMap<>();

    /** The changelog says so. */
    public void apply(AccountStatusRecord record) {
        told.put(record.account(), record);
        announced.remove(record.account());
    }

    /** The changelog dropped the account. */
    public void forget(AccountId account) {
        told.remove(account);
    }

    /** The owner accepted a new account: whoever added it may go on at once, before the changelog has it. */
    public void announce(AccountStatusRecord record) {
        announced.put(record.account(), record);
        // Looked at only after the put: else an answer overtaken by the changelog would stay announced for ever.
        if (told.containsKey(record.account())) {
            announced.remove(record.account());
        }
    }

    /** The account, whatever its status. */
    public Optional<AccountStatusRecord> find(AccountId account) {
        return Optional.ofNullable(told.get(account)).or(() -> Optional.ofNullable(announced.get(account)));
    }

    /** The first of these ids that the fleet knows; ids of deleted accounts come after all others. */
    public Optional<AccountStatusRecord> firstKnown(List<AccountId> candidates) {
        List<AccountStatusRecord> known = candidates.stream().map(this::find).flatMap(Optional::stream).toList();
        return known.stream().filter(AccountView::isListed).findFirst().or(() -> known.stream().findFirst());
    }

    /** All but deleted ones, oldest first. */
    public List<AccountStatusRecord> listed() {
        return java.util.stream.Stream
                .concat(told.values().stream(),
                        announced.values().stream().filter(a -> !told.containsKey(a.account())))
                .filter(AccountView::isListed).sorted(OLDEST_FIRST).toList();
    }

    public static boolean isListed(AccountStatusRecord record) {
        return record.status() != AccountStatus.DELETED;
    }
}
