package io.wafleet.outbox.core;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Command;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.Content;
import io.wafleet.contract.DesiredState;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Event;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.contract.OutboxRequest;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.Reply;
import io.wafleet.contract.TransactionalId;
import io.wafleet.contract.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One partition's outbox with a clock that stands still until told: what tests say and what they look at. */
final class OutboxScene {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final AccountId ANA = new AccountId("ana");
    static final WorkerId WORKER = new WorkerId("w1");
    static final Chat CHAT = chat(1);

    final MemoryStore store = new MemoryStore();
    final List<Output> outputs = new ArrayList<>();
    final Map<MessageId, MessageStatusRecord> statuses = new HashMap<>();
    final Map<AccountId, AccountStatusRecord> accounts = new HashMap<>();
    private final OutboxMachine machine;
    private Instant now = START;
    private Epoch epoch = Epoch.NONE;
    private long offset;

    OutboxScene() {
        this(OutboxPolicy.standard());
    }

    OutboxScene(OutboxPolicy policy) {
        machine = new OutboxMachine(policy);
    }

    /** Claimed under epoch 1, and the account connected. */
    static OutboxScene connected() {
        return new OutboxScene().claim(1).status(AccountStatus.CONNECTED);
    }

    static OutboxScene connected(OutboxPolicy policy) {
        return new OutboxScene(policy).claim(1).status(AccountStatus.CONNECTED);
    }

    static Chat chat(int number) {
        return new Chat((40700000000L + number) + "@s.whatsapp.net");
    }

    static MessageId id(String text) {
        return new MessageId(text);
    }

    Instant now() {
        return now;
    }

    Epoch epoch() {
        return epoch;
    }

    OutboxScene give(Input input) {
        for (Output output : machine.apply(store, input, now)) {
            outputs.add(output);
            switch (output) {
                case Output.MessageChanged(MessageStatusRecord status) -> statuses.put(status.message(), status);
                case Output.AccountChanged(AccountStatusRecord status) -> accounts.put(status.account(), status);
                case Output.Dispatch _,Output.Answer _,Output.PacingTold _,Output.GivenUp _,Output.ContentAccepted _ ->
                    {
                    }
            }
        }
        return this;
    }

    /** Lets time pass, each timer firing when it is due. */
    OutboxScene pass(Duration time) {
        Instant end = now.plus(time);
        while (true) {
            List<OutboxStore.Entry<Table.Ref>> next = store.scan(Table.TIMERS, Key.FIRST,
                    Key.FIRST.with(end).afterAll(), 1);
            if (next.isEmpty()) {
                now = end;
                return this;
            }
            while (machine.due(store, now, 1).isEmpty()) {
                now = now.plusMillis(Math.min(50, Duration.between(now, end).toMillis()));
            }
            machine.due(store, now, 100).forEach(this::give);
        }
    }

    /** The clock is set, forwards or back. */
    OutboxScene clockIs(Instant moment) {
        now = moment;
        return this;
    }

    /** What is due at one moment fires, the clock saying another by then. */
    OutboxScene fireAt(Instant due, Instant clock) {
        List<Input.TimerFired> timers = machine.due(store, due, 100);
        now = clock;
        timers.forEach(this::give);
        return this;
    }

    /** Until the next attempt is out. */
    OutboxScene passUntilDispatched() {
        int made = dispatches().size();
        for (int seconds = 0; dispatches().size() == made; seconds++) {
            if (seconds > 600) {
                throw new AssertionError("nothing is dispatched");
            }
            pass(Duration.ofSeconds(1));
        }
        return this;
    }

    OutboxScene ask(OutboxRequest request) {
        return give(new Input.Asked(request, offset++));
    }

    OutboxScene tell(Event event) {
        return give(new Input.Told(event));
    }

    OutboxScene send(String message) {
        return send(message, CHAT);
    }

    OutboxScene send(String message, Chat chat) {
        return ask(request(message, chat, null, null, null, null));
    }

    OutboxScene sendKeyed(String message, String key, String fingerprint) {
        return ask(request(message, CHAT, key, fingerprint, null, null));
    }

    OutboxScene sendAt(String message, @Nullable Instant sendAt, @Nullable Instant expiresAt) {
        return ask(request(message, CHAT, null, null, sendAt, expiresAt));
    }

    OutboxRequest.Send request(String message, Chat chat, @Nullable String key, @Nullable String fingerprint,
            @Nullable Instant sendAt, @Nullable Instant expiresAt) {
        return new OutboxRequest.Send(new CommandId("r-" + message), ANA, id(message), chat, new Content.Text("hi"),
                key, fingerprint, now, sendAt, expiresAt);
    }

    OutboxScene cancel(String message) {
        return ask(new OutboxRequest.Cancel(new CommandId("c-" + message), ANA, id(message), now));
    }

    OutboxScene retry(String message) {
        return ask(new OutboxRequest.Retry(new CommandId("t-" + message), ANA, id(message), now));
    }

    OutboxScene claim(long number) {
        epoch = new Epoch(number);
        return tell(new Event.PartitionClaimed(0, epoch, WORKER, new TransactionalId("x-" + number), now));
    }

    OutboxScene release() {
        return tell(new Event.PartitionReleased(0, epoch, WORKER, now));
    }

    OutboxScene status(AccountStatus status) {
        return status(status, epoch);
    }

    OutboxScene status(AccountStatus status, Epoch under) {
        return tell(new Event.AccountStatusChanged(ANA, under, WORKER, now, new PhoneNumber("+40700000001"), "Ana",
                DesiredState.CONNECTED, status, null, null, false, null, START, null));
    }

    /** An outcome of the message's latest dispatch. */
    OutboxScene outcome(String message, Event.Outcome outcome) {
        return outcome(message, outcome, lastDispatch(message).attempt());
    }

    OutboxScene outcome(String message, Event.Outcome outcome, int attempt) {
        String reason = outcome == Event.Outcome.SENT ? null : "because";
        return tell(
                new Event.DispatchOutcome(ANA, epoch, now, id(message), CHAT, attempt, outcome, reason));
    }

    OutboxScene sent(String message) {
        return outcome(message, Event.Outcome.SENT);
    }

    OutboxScene receipt(String message, Event.ReceiptKind kind) {
        return tell(new Event.ReceiptReceived(ANA, epoch, now, id(message), CHAT, kind));
    }

    List<Command.Dispatch> dispatches() {
        return outputs.stream().filter(Output.Dispatch.class::isInstance).map(Output.Dispatch.class::cast)
                .map(Output.Dispatch::command).toList();
    }

    /** Messages in the order they were dispatched, each time anew. */
    List<String> dispatched() {
        return dispatches().stream().map(d -> d.message().value()).toList();
    }

    Command.Dispatch lastDispatch(String message) {
        return dispatches().stream().filter(d -> d.message().equals(id(message))).reduce((_, b) -> b).orElseThrow();
    }

    MessageStatusRecord message(String message) {
        MessageStatusRecord status = statuses.get(id(message));
        if (status == null) {
            throw new AssertionError("no status of " + message);
        }
        return status;
    }

    MessageStatus statusOf(String message) {
        return message(message).status();
    }

    /** Every status a message was ever said to have. */
    List<MessageStatus> history(String message) {
        return outputs.stream().filter(Output.MessageChanged.class::isInstance).map(Output.MessageChanged.class::cast)
                .map(Output.MessageChanged::status).filter(s -> s.message().equals(id(message)))
                .map(MessageStatusRecord::status).toList();
    }

    List<Reply.RequestReply> answers() {
        return outputs.stream().filter(Output.Answer.class::isInstance).map(Output.Answer.class::cast)
                .map(Output.Answer::reply).toList();
    }

    Reply.RequestReply lastAnswer() {
        return answers().getLast();
    }

    AccountStatusRecord account() {
        AccountStatusRecord status = accounts.get(ANA);
        if (status == null) {
            throw new AssertionError("no status of the account");
        }
        return status;
    }
}
