package io.wafleet.worker.partition;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Command;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Reply;
import io.wafleet.worker.connector.ConnectionListener;
import io.wafleet.worker.log.Entry;
import io.wafleet.worker.partition.PartitionMessage.Arrived;
import io.wafleet.worker.session.CloseMeaning;
import io.wafleet.worker.session.SessionEffect;
import io.wafleet.worker.session.SessionEvent;
import java.time.Instant;

/**
 * Takes what the world tells an owner to the account that it is about, each message in a transaction of its own. It keeps nothing but
 * for whose epoch it is. Used on one partition loop.
 */
final class Reception {
    private final int partition;
    private final PartitionPorts ports;
    private final Accounts accounts;
    private final CommandReader reader;
    private Epoch epoch;
    private Facts facts;

    Reception(int partition, PartitionPorts ports, Accounts accounts, Epoch epoch, Facts facts) {
        this.partition = partition;
        this.ports = ports;
        this.accounts = accounts;
        this.reader = new CommandReader(ports.topicPrefix(), ports.partitions());
        this.epoch = epoch;
        this.facts = facts;
    }

    /** From now on, what is told is told to an owner of another epoch. */
    void under(Epoch next, Facts nextFacts) {
        epoch = next;
        facts = nextFacts;
    }

    /** What the message leads to; nothing when it was meant for another owner. */
    Transaction take(PartitionMessage.FromOutside told) {
        Transaction transaction = new Transaction();
        switch (told) {
            case Arrived arrived -> command(arrived, transaction);
            case PartitionMessage.Signalled signalled -> signalled(signalled, transaction);
            case PartitionMessage.TimerFired(AccountId account, var timer, Instant due) -> accounts.apply(account,
                    new SessionEvent.TimerFired(now(), timer, due, ports.chance().getAsDouble()), transaction);
            case PartitionMessage.MediaBrought(AccountId account, var connection, var message, var media) ->
                accounts.apply(account, new SessionEvent.MediaBrought(now(), connection, message, epoch, media),
                        transaction);
            case PartitionMessage.BackupFound found -> {
                if (found.epoch().equals(epoch)) {
                    accounts.revive(found.account(), found.credentials(), now(), transaction);
                }
            }
            case PartitionMessage.Permitted(AccountId account, var turn) -> {
                accounts.apply(account, new SessionEvent.Permitted(now()), transaction);
                transaction.acts.add(turn::end);
            }
        }
        return transaction;
    }

    private void signalled(PartitionMessage.Signalled told, Transaction transaction) {
        accounts.apply(told.account(),
                new SessionEvent.Signalled(now(), told.connection(), told.signal(), ports.chance().getAsDouble()),
                transaction);
        if (told.signal() instanceof ConnectionListener.MessageArrived) {
            ports.metrics().inbound.increment();
        }
        if (told.signal() instanceof ConnectionListener.Closed closed) {
            ports.metrics().closed(CloseMeaning.of(closed));
            // Not before what was ordered earlier is done, such as to log a stranger's phone out that WhatsApp just sent away with 515.
            transaction.acts.add(() -> accounts.ended(told.account(), told.connection()));
        }
    }

    private void command(Arrived arrived, Transaction transaction) {
        switch (reader.read(partition, arrived.offset(), arrived.key(), arrived.value())) {
            case CommandReader.Refused(Entry letter) -> {
                ports.metrics().deadLetters.increment();
                transaction.entries.add(letter);
            }
            case CommandReader.Read(Command command) -> apply(command, transaction);
        }
    }

    private void apply(Command command, Transaction transaction) {
        switch (command) {
            case Command.Dispatch dispatch when !dispatch.epoch().equals(epoch) ->
                // Meant for another owner: the outbox dispatches it anew under this epoch.
                ports.metrics().staleDispatches.increment();
            case Command.Dispatch dispatch -> {
                ports.metrics().dispatches.increment();
                accounts.order(dispatch.account(), new SessionEvent.DispatchOrdered(now(), dispatch), transaction);
            }
            case Command.AccountCommand order when !order.epoch().equals(epoch) -> {
                ports.metrics().commands.increment();
                transaction.entries.add(facts.answer(new SessionEffect.Answer(order, Reply.CommandResult.EXPIRED,
                        "owner_changed", "meant for another owner; nothing was done", null), now()));
            }
            case Command.AccountCommand order -> {
                ports.metrics().commands.increment();
                accounts.order(order.account(), new SessionEvent.Ordered(now(), order), transaction);
            }
        }
    }

    private Instant now() {
        return ports.clock().instant();
    }
}
