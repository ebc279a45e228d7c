package io.wafleet.outbox.core;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Command;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.Content;
import io.wafleet.contract.DesiredState;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Event;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.OutboxRequest;
import io.wafleet.contract.Pacing;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.TransactionalId;
import io.wafleet.contract.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A partition's outbox among gateways and workers that do whatever a seed says. */
final class OutboxSimulation {
    private static final WorkerId WORKER = new WorkerId("w");
    private static final int ACCOUNTS = 3;
    private static final int CHATS = 6;

    private final Random random;
    private final OutboxPolicy policy;
    private final OutboxMachine machine;
    private final OutboxPromises promises;
    /** What the living worker has and has not answered yet. */
    private final List<Command.Dispatch> wire = new ArrayList<>();
    /** Outcomes of the past may be told again, or late. */
    private final List<Command.Dispatch> past = new ArrayList<>();
    private MemoryStore store = new MemoryStore();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Epoch epoch = Epoch.NONE;
    private int messages;
    private int requests;

    OutboxSimulation(long seed) {
        random = new Random(seed);
        policy = policy(random.nextInt(4) == 0 ? 8 : 10_000);
        machine = new OutboxMachine(policy);
        promises = new OutboxPromises(policy);
    }

    private static OutboxPolicy policy(int maxQueued) {
        OutboxPolicy p = OutboxPolicy.standard();
        return new OutboxPolicy(p.parallelChats(), p.burst(), p.paceInterval(), p.maxAttempts(), p.backoffMin(),
                p.backoffMax(), p.outcomeTimeout(), p.notAttemptedPause(), p.expiry(), p.maxAhead(), p.keysKept(),
                p.finalsKept(), maxQueued);
    }

    void step() {
        int dice = random.nextInt(100);
        if (dice < 30) {
            ask(send());
        } else if (dice < 55) {
            answerOne();
        } else if (dice < 62) {
            MessageId message = message();
            tell(new Event.ReceiptReceived(promises.accountOf(message).orElse(account()), epoch, now, message, chat(),
                    any(Event.ReceiptKind.class)));
        } else if (dice < 72) {
            status(account(), any(AccountStatus.class));
        } else if (dice < 75) {
            claim();
        } else if (dice < 78) {
            ask(aboutAMessage());
        } else if (dice < 79) {
            ask(random.nextInt(4) == 0
                    ? new OutboxRequest.ClearPacing(request(), account(), now)
                    : new OutboxRequest.SetPacing(request(), account(),
                            new Pacing(1 + random.nextInt(30), 1 + random.nextInt(20_000)), now));
        } else if (dice < 80) {
            store = Crash.rebuilt(store, now);
        } else if (dice < 82) {
            give(random.nextBoolean() ? new Input.OwnerSilent(epoch) : new Input.OwnerHeard(epoch));
        } else if (dice < 84 && !past.isEmpty()) {
            outcome(past.get(random.nextInt(past.size())), any(Event.Outcome.class));
        } else {
            pass(random.nextInt(20) == 0
                    ? Duration.ofMinutes(random.nextInt(3 * 24 * 60))
                    : Duration.ofMillis((long) Math.pow(10, random.nextDouble() * 5.5)));
        }
    }

    /** A living owner, connected accounts and honest answers, for long enough. */
    void settle() {
        claim();
        for (int i = 0; i < ACCOUNTS; i++) {
            status(new AccountId("a" + i), AccountStatus.CONNECTED);
        }
        for (int day = 0; day < 200; day++) {
            while (!wire.isEmpty()) {
                outcome(wire.removeFirst(), Event.Outcome.SENT);
            }
            pass(Duration.ofHours(day < 100 ? 1 : 12));
        }
    }

    Set<MessageId> unfinished() {
        return promises.unfinished();
    }

    /** Rows that should be gone once all is final, keys free and receipts too old. */
    int leftOver() {
        now = now.plus(policy.finalsKept());
        new Sweeper().sweep(store, now, 1_000_000);
        return Table.all().stream().filter(t -> t != Table.ACCOUNTS && t != Table.STATUSES && t != Table.PARTITION)
                .mapToInt(store::size).sum() + QueueFigures.of(store, now).queued()
                + QueueFigures.of(store, now).inFlight();
    }

    /** Of the account that it belongs to, mostly: of another one it is unknown. */
    private OutboxRequest aboutAMessage() {
        MessageId message = message();
        AccountId account = random.nextInt(10) == 0 ? account() : promises.accountOf(message).orElse(account());
        return switch (random.nextInt(3)) {
            case 0 -> new OutboxRequest.Cancel(request(), account, message, now);
            case 1 -> new OutboxRequest.Retry(request(), account, message, now);
            default -> new OutboxRequest.Discard(request(), account, message, now);
        };
    }

    private OutboxRequest send() {
        int far = random.nextInt(20) == 0 ? 25 * 24 * 3600 : 60;
        Instant sendAt = random.nextInt(5) == 0 ? now.plusSeconds(random.nextInt(far)) : null;
        Instant expiresAt = random.nextInt(8) == 0 ? now.plusSeconds(random.nextInt(900)) : null;
        String key = random.nextInt(3) == 0 ? "k" + random.nextInt(20) : null;
        Instant skewed = now.plusMillis(random.nextInt(60_000) - 30_000);
        AccountId account = account();
        return new OutboxRequest.Send(request(), account, new MessageId("m" + messages++), chat(),
                new Content.Text("x"), key, key == null ? null : "f" + random.nextInt(2), skewed, sendAt, expiresAt);
    }

    private void answerOne() {
        if (!wire.isEmpty()) {
            outcome(wire.remove(random.nextInt(wire.size())), any(Event.Outcome.class));
        }
    }

    private void outcome(Command.Dispatch of, Event.Outcome outcome) {
        promises.told(of, outcome);
        past.add(of);
        tell(new Event.DispatchOutcome(of.account(), of.epoch(), now, of.message(), of.chat(), of.attempt(), outcome,
                outcome == Event.Outcome.SENT ? null : "r"));
    }

    private void claim() {
        epoch = new Epoch(epoch.value() + 1);
        past.addAll(wire);
        wire.clear();
        promises.claimed(epoch);
        tell(new Event.PartitionClaimed(0, epoch, WORKER, new TransactionalId("t" + epoch.value()), now));
    }

    private void status(AccountId account, AccountStatus status) {
        AccountStatus likely = random.nextInt(3) > 0 ? AccountStatus.CONNECTED : status;
        promises.status(account, likely == AccountStatus.CONNECTED);
        tell(new Event.AccountStatusChanged(account, epoch, WORKER, now, new PhoneNumber("+40700000001"), null,
                DesiredState.CONNECTED, likely, null, null, false, null, now, null));
    }

    private void pass(Duration time) {
        Instant end = now.plus(time);
        for (int i = 0; i < 20; i++) {
            // In whole milliseconds, as the outbox counts: a pacing may be as fast as one a millisecond.
            long left = Math.max(0, Duration.between(now, end).toMillis());
            now = now.plusMillis(i == 19 ? left : left / 2);
            machine.due(store, now, 100).forEach(this::give);
        }
    }

    private void ask(OutboxRequest request) {
        give(new Input.Asked(request, requests));
    }

    private void tell(Event event) {
        give(new Input.Told(event));
    }

    private void give(Input input) {
        if (random.nextInt(50) == 0) {
            // A transaction that was aborted: what it did and ordered was never there, and the input comes again.
            machine.apply(Crash.rebuilt(store, now), input, now);
            now = now.plusMillis(random.nextInt(5_000));
        }
        if (input instanceof Input.Asked(OutboxRequest request, _)) {
            promises.asked(request, now);
        } else if (input instanceof Input.Told(Event.AccountStatusChanged told)
                && told.status() == AccountStatus.DELETED) {
            promises.deleted(told.account(), now);
        }
        for (Output output : machine.apply(store, input, now)) {
            promises.check(output, now);
            if (output instanceof Output.Dispatch(Command.Dispatch dispatch)) {
                wire.add(dispatch);
            }
        }
        promises.checkAfterStep();
    }

    private <E extends Enum<E>> E any(Class<E> type) {
        E[] all = type.getEnumConstants();
        return all[random.nextInt(all.length)];
    }

    private AccountId account() {
        return new AccountId("a" + random.nextInt(ACCOUNTS));
    }

    private static Chat chat(int number) {
        return new Chat("4070000000" + number + "@s.whatsapp.net");
    }

    private Chat chat() {
        return chat(random.nextInt(CHATS));
    }

    private CommandId request() {
        return new CommandId("r" + requests++);
    }

    private MessageId message() {
        return new MessageId("m" + (messages == 0 ? 0 : random.nextInt(messages)));
    }

    @Override
    public @Nullable String toString() {
        return "OutboxSimulation at " + now;
    }
}
