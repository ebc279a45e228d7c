package io.wafleet.cli.moving;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.conversations.Change;
import io.wafleet.conversations.ConversationStore;
import io.wafleet.conversations.UnstorableException;
import io.wafleet.conversations.moving.Census;
import io.wafleet.conversations.moving.Finding;
import io.wafleet.conversations.moving.MovePlan;
import io.wafleet.conversations.moving.MovedAccount;
import io.wafleet.conversations.moving.Rehearsal;
import io.wafleet.worker.sealing.CredentialCipher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries a plan out:
 * <ol>
 * <li>Owners of new accounts are looked for: without them nothing is begun.
 * <li>Changes are applied to the store, batch by batch; sessions are sealed and kept.
 * <li>Accounts that the fleet does not know come in.
 * </ol>
 * Each step may be done again, so a run that was cut is simply repeated. Of an account that was erased here, nothing comes back.
 */
public final class ImportRun {
    private final MovePlan plan;
    private final @Nullable ConversationStore store;
    private final @Nullable FleetAccounts fleet;
    private final SessionsHere sessions;
    private final Map<AccountId, Instant> erased;
    private final Set<String> paths;

    /**
     * @param store null: there is none yet
     * @param fleet null: only conversations and sessions move
     * @param cipher null: none is known; needed only to keep sessions
     */
    public ImportRun(MovePlan plan, @Nullable ConversationStore store, @Nullable FleetAccounts fleet,
            @Nullable CredentialCipher cipher) {
        this.plan = plan;
        this.store = store;
        this.fleet = fleet;
        erased = erased(plan, store);
        sessions = new SessionsHere(plan.sessions().stream().filter(s -> !erased.containsKey(s.account())).toList(),
                store, cipher);
        paths = Rehearsal.of(plan, erased).paths();
    }

    private static Map<AccountId, Instant> erased(MovePlan plan, @Nullable ConversationStore store) {
        Map<AccountId, Instant> erased = new TreeMap<>();
        if (store != null) {
            Set<AccountId> all = new TreeSet<>(plan.conversationsOf());
            plan.accounts().forEach(account -> all.add(account.account()));
            plan.sessions().forEach(session -> all.add(session.account()));
            all.forEach(account -> store.erasedAt(account).ifPresent(at -> erased.put(account, at)));
        }
        return erased;
    }

    /** Says what would be done. */
    public ImportReport rehearse() {
        Map<AccountId, AccountStatusRecord> known = known();
        Census before = census();
        Census after = before.with(paths);
        SessionsHere.Counts kept = sessions.counts();
        return report(true, known, toCome(known).size(), before, after, kept,
                new SessionsHere.Counts(kept.here() + kept.fresh(), kept.fresh(), kept.changed()),
                paths.stream().filter(p -> !before.documents().containsKey(p)).count(), 0, List.of());
    }

    /**
     * Does it.
     *
     * @param progress told how many changes of how many are kept
     * @throws CannotMoveException when something stands in the way
     */
    public ImportReport carryOut(BiConsumer<Integer, Integer> progress) {
        ConversationStore target = Objects.requireNonNull(store);
        sessions.requireKeys();
        Map<AccountId, AccountStatusRecord> known = known();
        List<MovedAccount> coming = toCome(known);
        if (fleet != null) {
            fleet.requireOwners(coming);
        }
        Census before = census();
        SessionsHere.Counts keptBefore = sessions.counts();
        List<String> unstorable = apply(target, progress);
        sessions.keep();
        if (fleet != null) {
            fleet.bringIn(coming);
        }
        Census after = census();
        long fresh = after.documents().keySet().stream()
                .filter(p -> paths.contains(p) && !before.documents().containsKey(p)).count();
        return report(false, known, coming.size(), before, after, keptBefore,
                new SessionsHere.Counts(sessions.counts().here(), keptBefore.fresh(), keptBefore.changed()), fresh,
                after.differing(before, paths) - fresh, unstorable);
    }

    private ImportReport report(boolean dryRun, Map<AccountId, AccountStatusRecord> known, long coming, Census before,
            Census after, SessionsHere.Counts sessionsBefore, SessionsHere.Counts sessionsAfter, long fresh,
            long changed, List<String> unstorable) {
        long listed = plan.accounts().stream().filter(a -> isListed(a.account(), known)).count();
        long sessionsAdded = sessionsAfter.fresh() + sessionsAfter.changed();
        return new ImportReport(dryRun, plan.read(),
                new ImportReport.Counts(listed, before.threads(), before.messages(), sessionsBefore.here()),
                new ImportReport.Counts(listed + coming, after.threads(), after.messages(), sessionsAfter.here()),
                fresh, changed, new ImportReport.Brought(coming, plan.accounts().size() - coming),
                new ImportReport.Brought(sessionsAdded, plan.sessions().size() - sessionsAdded), findings(unstorable));
    }

    private List<Finding> findings(List<String> unstorable) {
        List<Finding> all = new ArrayList<>(plan.findings());
        if (!erased.isEmpty()) {
            all.add(Finding.of(Finding.Kind.SKIPPED, "the account was erased here: what was until then stays out",
                    erased.keySet().stream().map(account -> "accounts/" + account).toList()));
        }
        if (!unstorable.isEmpty()) {
            all.add(Finding.of(Finding.Kind.SKIPPED, "too large for any store", unstorable));
        }
        return all;
    }

    private static boolean isListed(AccountId account, Map<AccountId, AccountStatusRecord> known) {
        AccountStatusRecord told = known.get(account);
        return told != null && told.status() != AccountStatus.DELETED && !FleetAccounts.isToCome(account, known);
    }

    private Map<AccountId, AccountStatusRecord> known() {
        return fleet == null ? Map.of() : fleet.known();
    }

    private List<MovedAccount> toCome(Map<AccountId, AccountStatusRecord> known) {
        return fleet == null
                ? List.of()
                : plan.accounts().stream().filter(a -> !erased.containsKey(a.account()))
                        .filter(a -> FleetAccounts.isToCome(a.account(), known)).toList();
    }

    private Census census() {
        return store == null ? new Census(Map.of()) : Census.of(store, plan.conversationsOf());
    }

    /** Returns what can never be kept. */
    private List<String> apply(ConversationStore target, BiConsumer<Integer, Integer> progress) {
        List<String> unstorable = new ArrayList<>();
        List<Change> all = plan.changes();
        for (int from = 0; from < all.size(); from += ConversationStore.MAX_BATCH) {
            int end = Math.min(all.size(), from + ConversationStore.MAX_BATCH);
            List<Change> batch = new ArrayList<>(all.subList(from, end));
            while (!batch.isEmpty()) {
                try {
                    target.apply(batch);
                    break;
                } catch (UnstorableException e) {
                    if (!batch.remove(e.change())) {
                        throw e;
                    }
                    unstorable.add(MovePlan.path(e.change()));
                }
            }
            progress.accept(end, all.size());
        }
        return unstorable;
    }
}
