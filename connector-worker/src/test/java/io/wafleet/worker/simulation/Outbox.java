package io.wafleet.worker.simulation;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Command;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.Content;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.Reply;
import io.wafleet.contract.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for gateway and outbox: reads what is committed, addresses orders and dispatches to the newest claim, and repeats what that
 * owner cannot have done.
 */
final class Outbox {
    private static final Content HELLO = new Content.Text("hello");
    private static final Chat CHAT = new Chat("40700000001@s.whatsapp.net");

    private static final class Message {
        private final MessageId id;
        private int attempt;
        private boolean inFlight;
        private boolean sent;

        Message(MessageId id) {
            this.id = id;
        }
    }

    private static final class Account {
        private final AccountId id;
        private final PhoneNumber phone;
        private final int partition;
        private final Deque<BiFunction<CommandId, Epoch, Command>> orders = new ArrayDeque<>();
        private final Map<MessageId, Message> messages = new LinkedHashMap<>();
        private @Nullable CommandId open;
        private String status = "unknown";
        private Epoch told = Epoch.NONE;
        private boolean wanted = true;

        Account(AccountId id, PhoneNumber phone, int partition) {
            this.id = id;
            this.phone = phone;
            this.partition = partition;
        }
    }

    private final World world;
    private final Chance chance;
    private final Map<AccountId, Account> accounts = new TreeMap<>();
    private final long[] read;
    private final Epoch[] claimed;
    private int commands;
    private int messages;
    private boolean quiet;

    Outbox(World world) {
        this.world = world;
        this.chance = world.chance();
        this.read = new long[world.settings().partitions()];
        this.claimed = new Epoch[world.settings().partitions()];
        java.util.Arrays.fill(claimed, Epoch.NONE);
        world.scheduler().after(0, this::turn);
    }

    void add(AccountId id, PhoneNumber phone) {
        Account account = new Account(id, phone, world.accountPartitions().of(id));
        accounts.put(id, account);
        account.orders.add((command, epoch) -> new Command.LinkAccount(command, id, Instant.EPOCH, epoch, phone, null));
    }

    java.util.Set<AccountId> accounts() {
        return accounts.keySet();
    }

    /** Nobody wants anything new; every account is to be connected in the end. */
    void quiet() {
        quiet = true;
        accounts.values().forEach(this::reconnect);
    }

    /** A person wants something of an account. */
    void order(AccountId id) {
        Account account = account(id);
        switch (chance.below(3)) {
            case 0 -> account.orders.add((command, epoch) -> new Command.RenameAccount(command, id, Instant.EPOCH,
                    epoch, "name of " + command.value()));
            case 1 -> {
                if (account.wanted) {
                    account.wanted = false;
                    account.orders.add(
                            (command, epoch) -> new Command.DisconnectAccount(command, id, Instant.EPOCH, epoch));
                }
            }
            default -> reconnect(account);
        }
    }

    private void reconnect(Account account) {
        if (!account.wanted) {
            account.wanted = true;
            account.orders.add((command, epoch) -> new Command.ReconnectAccount(command, account.id, Instant.EPOCH,
                    epoch));
        }
    }

    /** A person writes a message. */
    void send(AccountId id) {
        Message message = new Message(new MessageId("OUT" + messages++));
        account(id).messages.put(message.id, message);
    }

    private Account account(AccountId id) {
        Account account = accounts.get(id);
        if (account == null) {
            throw new IllegalStateException("no account " + id);
        }
        return account;
    }

    private void turn() {
        if (!world.network().isDown()) {
            for (int p = 0; p < read.length; p++) {
                readEvents(p);
            }
            accounts.values().forEach(this::decide);
        }
        world.scheduler().after(chance.millis(5, 40), this::turn);
    }

    private void readEvents(int partition) {
        PartitionLog log = world.broker().log(Topic.EVENTS, partition);
        long stable = log.lastStable();
        for (Stored record : log.read(read[partition], stable, Integer.MAX_VALUE)) {
            if (record.state == Stored.State.COMMITTED) {
                take(partition, record);
            }
        }
        read[partition] = Math.max(stable, read[partition]);
    }

    private void take(int partition, Stored event) {
        switch (event.word("type")) {
            case "partition-claimed" -> {
                claimed[partition] = event.epoch();
                accounts.values().stream().filter(a -> a.partition == partition).forEach(a -> {
                    a.status = "unknown";
                    a.messages.values().forEach(m -> m.inFlight = false);
                });
            }
            case "account-status-changed" -> {
                Account account = account(new AccountId(event.word("account")));
                account.status = event.word("status");
                account.told = event.epoch();
            }
            case "dispatch-outcome" -> {
                Message message = account(new AccountId(event.word("account"))).messages
                        .get(new MessageId(event.word("message")));
                if (message != null) {
                    message.sent |= event.word("outcome").equals("sent");
                    message.inFlight &= event.number("attempt") != message.attempt;
                }
            }
            default -> {
                // What arrived and what was read is nobody's business here.
            }
        }
    }

    private void decide(Account account) {
        Epoch epoch = claimed[account.partition];
        if (epoch.equals(Epoch.NONE)) {
            return;
        }
        if (account.open != null) {
            Reply.CommandReply reply = world.promises().reply(account.open);
            if (reply == null) {
                return;
            }
            account.open = null;
            if (reply.result() != Reply.CommandResult.EXPIRED) {
                account.orders.removeFirst();
            }
        }
        if (account.orders.isEmpty() && account.wanted
                && (account.status.equals("needs_qr") || account.status.equals("disconnected"))) {
            account.orders.add((command, e) -> new Command.RegenerateQr(command, account.id, Instant.EPOCH, e, false));
        }
        if (account.orders.isEmpty() && account.wanted && account.status.equals("conflict")) {
            account.orders.add((command, e) -> new Command.ReconnectAccount(command, account.id, Instant.EPOCH, e));
        }
        BiFunction<CommandId, Epoch, Command> order = account.orders.peekFirst();
        if (order != null) {
            CommandId id = new CommandId("c" + commands++);
            account.open = id;
            publish(account, order.apply(id, epoch));
        }
        if (account.status.equals("connected") && account.told.equals(epoch)) {
            account.messages.values().stream().filter(m -> !m.sent && !m.inFlight).forEach(m -> {
                m.inFlight = true;
                publish(account,
                        new Command.Dispatch(account.id, m.id, CHAT, HELLO, ++m.attempt, epoch, Instant.EPOCH));
            });
        }
    }

    /** It gets there once, whatever happens on the way. */
    private void publish(Account account, Command command) {
        world.trace().note("outbox:", command);
        byte[] key = account.id.value().getBytes(StandardCharsets.UTF_8);
        byte[] value = JsonCodec.encode(command);
        world.scheduler().after(chance.way(), () -> arrive(account.partition, key, value));
    }

    private void arrive(int partition, byte[] key, byte[] value) {
        if (world.network().isDown()) {
            world.scheduler().after(chance.millis(5, 50), () -> arrive(partition, key, value));
        } else {
            world.broker().log(Topic.COMMANDS, partition).append(key, value, world.scheduler().now());
        }
    }

    /** What is still missing; null when every order is answered, every message sent, every account connected and said to be. */
    @Nullable
    String missing() {
        for (Account account : accounts.values()) {
            if (!account.orders.isEmpty()) {
                return "an order of " + account.id + " is not done, " + account.open + " has no answer";
            }
            if (!account.status.equals("connected") || !account.told.equals(claimed[account.partition])) {
                return account.id + " is said to be " + account.status + " under " + account.told;
            }
            for (Message message : account.messages.values()) {
                if (!message.sent || !world.whatsApp().hasReceived(account.id, message.id)) {
                    return message.id + " of " + account.id + " was not sent";
                }
            }
        }
        return quiet ? null : "people still want things";
    }
}
