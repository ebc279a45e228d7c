package io.wafleet.cli.moving;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Command;
import io.wafleet.contract.Command.AccountCommand;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.DesiredState;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Topic;
import io.wafleet.conversations.moving.MovedAccount;
import io.wafleet.kafka.AccountPartitions;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.kafka.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;

/**
 * The fleet as import and erase see it: which accounts it knows, the way in for one that keeps its id, and the way out.
 *
 * <p>How an account comes in, by two orders to its owner, one after the other in its partition:
 * <ol>
 * <li>{@code link-account} makes it known under its old id. It has no credentials, so the owner would show a QR next.
 * <li>{@code disconnect-account} takes that back before anybody is asked for anything: the account is listed as {@code disconnected}, and stays
 * so until a person links it. An import that died before this is found by the first order's id, and does both again.
 * </ol>
 */
public final class FleetAccounts {
    /** How the ids of an import's commands begin. */
    static final String IMPORT = "import-";

    private static final Duration TOLD = Duration.ofSeconds(20);

    private final FleetOrders orders;
    private final AccountPartitions partitions;

    /**
     * @throws io.wafleet.kafka.BrokerUnreachableException when Kafka does not answer
     * @throws io.wafleet.kafka.TopicMismatchException when topics are missing or do not fit
     */
    public FleetAccounts(KafkaClients clients) {
        this.orders = new FleetOrders(clients);
        this.partitions = new AccountPartitions(clients.settings().partitions());
        try (Admin admin = clients.admin("moving")) {
            new Topics(admin, clients.settings()).check();
        }
    }

    /** Every account that the fleet ever told of, deleted ones among them. */
    public Map<AccountId, AccountStatusRecord> known() {
        return known(IntStream.range(0, partitions.count()).boxed().toList());
    }

    private Map<AccountId, AccountStatusRecord> known(Collection<Integer> some) {
        Map<AccountId, AccountStatusRecord> known = new TreeMap<>();
        orders.read(Topic.ACCOUNT_STATUS, some, AccountStatusRecord.class, told -> known.put(told.account(), told));
        return known;
    }

    /** Whether an import is to bring the account in: the fleet does not know it, or an import died halfway through. */
    static boolean isToCome(AccountId account, Map<AccountId, AccountStatusRecord> known) {
        AccountStatusRecord told = known.get(account);
        return told == null || (told.desired() == DesiredState.CONNECTED && told.lastCommand() != null
                && told.lastCommand().value().startsWith(IMPORT));
    }

    /**
     * Waits until each account's partition shows a living owner.
     *
     * @throws CannotMoveException when one does not
     */
    public void requireOwners(Collection<MovedAccount> accounts) {
        if (!accounts.isEmpty()) {
            orders.owners(accounts.stream().map(MovedAccount::account).toList());
        }
    }

    /**
     * Brings accounts in; when it returns their owners have them.
     *
     * @throws CannotMoveException when an owner refuses, or does not answer; the import can be run again
     */
    public void bringIn(Collection<MovedAccount> accounts) {
        Map<AccountId, MovedAccount> byId = new HashMap<>();
        accounts.forEach(account -> byId.put(account.account(), account));
        orders.carryOut(byId.keySet(), (id, epoch) -> linkAndRest(Objects.requireNonNull(byId.get(id)), epoch));
    }

    private static List<AccountCommand> linkAndRest(MovedAccount moved, Epoch epoch) {
        Instant now = Instant.now();
        return List.of(
                new Command.LinkAccount(id(IMPORT), moved.account(), now, epoch, moved.phone(), moved.name()),
                new Command.DisconnectAccount(id(IMPORT), moved.account(), now, epoch));
    }

    private static CommandId id(String prefix) {
        return new CommandId(prefix + UUID.randomUUID());
    }

    /**
     * Takes an account out of the fleet: logged out where it is connected, its credentials cleared. Returns when {@code account-status} says so.
     *
     * @return when it was deleted, now or before; empty when the fleet does not know it
     * @throws CannotMoveException when its owner does not do it; nothing else was done then
     */
    public Optional<Instant> delete(AccountId account) {
        List<Integer> own = List.of(partitions.of(account));
        AccountStatusRecord told = known(own).get(account);
        if (told != null && told.status() != AccountStatus.DELETED) {
            orders.carryOut(List.of(account),
                    (id, epoch) -> List.of(new Command.DeleteAccount(id("erase-"), id, Instant.now(), epoch)));
        }
        long startNanos = System.nanoTime();
        while (told != null && told.status() != AccountStatus.DELETED) {
            if (System.nanoTime() - startNanos > TOLD.toNanos()) {
                throw new CannotMoveException(
                        "the account is deleted, but account-status does not tell it: is the outbox"
                                + " running? Nothing was erased yet; say it again");
            }
            told = known(own).get(account);
        }
        return Optional.ofNullable(told).map(AccountStatusRecord::updatedAt);
    }
}
