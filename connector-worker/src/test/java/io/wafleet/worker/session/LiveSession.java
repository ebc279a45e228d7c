package io.wafleet.worker.session;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Command;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.Content;
import io.wafleet.contract.Event.Outcome;
import io.wafleet.contract.JournalRecord.AccountState;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.worker.connector.Advance;
import io.wafleet.worker.connector.ConnectRequest;
import io.wafleet.worker.connector.Connection;
import io.wafleet.worker.connector.Connector;
import io.wafleet.worker.connector.Credentials;
import io.wafleet.worker.connector.Inbound;
import io.wafleet.worker.connector.Outbound;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import static org.awaitility.Awaitility.await;

/** The machine with a real connector and real time, in one process without a journal: does at once what is decided. */
final class LiveSession implements AutoCloseable {
    final AccountId account;
    final PhoneNumber phone;
    final List<String> history = new CopyOnWriteArrayList<>();
    final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
    final List<Inbound> inbound = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    private final SessionMachine machine;
    private final Connector connector;
    private final Map<ConnectionNumber, Connection> connections = new HashMap<>();
    private final Map<SessionTimer, Future<?>> timers = new EnumMap<>(SessionTimer.class);
    private volatile Session session = SessionMachine.unknown();
    private volatile Credentials credentials = Credentials.NONE;

    LiveSession(SessionPolicy policy, Connector connector, AccountId account, PhoneNumber phone) {
        this.machine = new SessionMachine(policy);
        this.connector = connector;
        this.account = account;
        this.phone = phone;
    }

    /** Another owner that takes this one for dead. */
    LiveSession usurped(SessionPolicy policy) {
        LiveSession other = new LiveSession(policy, connector, account, phone);
        other.credentials = credentials;
        other.session = SessionMachine.restored(Objects.requireNonNull(session.account()), session.paired(), 0);
        other.happens(new SessionEvent.Restored(Instant.now(), SessionEvent.Unreadable.NOTHING));
        return other;
    }

    private void happens(SessionEvent event) {
        loop.execute(() -> {
            AccountState before = session.account();
            Step step = machine.apply(session, event);
            session = step.next();
            AccountState after = session.account();
            if (after != null && (before == null || before.status() != after.status())) {
                history.add(after.status().wire());
            }
            step.effects().forEach(this::act);
        });
    }

    private void act(SessionEffect effect) {
        switch (effect) {
            case SessionEffect.ClearCredentials _ -> credentials = Credentials.NONE;
            case SessionEffect.ReplaceCredentials replacing -> credentials = replacing.credentials();
            case SessionEffect.TellOutcome told -> outcomes.add(told.outcome());
            case SessionEffect.TakeIn taken -> {
                inbound.add(taken.message());
                execute(taken.connection(), at(taken.connection()).prepareReceipt(taken.message()));
            }
            case SessionEffect.Send send -> execute(send.connection(),
                    at(send.connection()).prepareSend(new Outbound(send.dispatch().message(), send.dispatch().chat(),
                            send.dispatch().content())));
            case SessionEffect.BringMedia bringing -> throw new AssertionError("nobody sends media here: " + bringing);
            case SessionEffect.AwaitTurn _ -> happens(new SessionEvent.Permitted(Instant.now()));
            case SessionEffect.OpenConnection(ConnectionNumber number, boolean with) -> connections.put(number,
                    connector.open(new ConnectRequest(account, phone, with ? credentials : Credentials.NONE),
                            signal -> happens(new SessionEvent.Signalled(Instant.now(), number, signal, 0.5))));
            case SessionEffect.CloseConnection closing -> at(closing.connection()).close(closing.logOut());
            case SessionEffect.RequestPairingCode asking -> at(asking.connection()).requestPairingCode();
            case SessionEffect.SetTimer(SessionTimer timer, Instant due) -> {
                cancel(timer);
                timers.put(timer, loop.schedule(
                        () -> happens(new SessionEvent.TimerFired(Instant.now(), timer, due, 0.5)),
                        Duration.between(Instant.now(), due).toMillis() + 1, TimeUnit.MILLISECONDS));
            }
            case SessionEffect.CancelTimer cancelled -> cancel(cancelled.timer());
            case SessionEffect.AnnounceQr _,SessionEffect.AnnouncePairingCode _,SessionEffect.Answer _,SessionEffect.TellReceipt _ ->
                {
                }
        }
    }

    private void cancel(SessionTimer timer) {
        Future<?> set = timers.remove(timer);
        if (set != null) {
            set.cancel(false);
        }
    }

    private Connection at(ConnectionNumber number) {
        return Objects.requireNonNull(connections.get(number));
    }

    private void execute(ConnectionNumber number, Advance advance) {
        credentials = credentials.with(advance.changes());
        at(number).execute(advance);
    }

    LiveSession link() {
        Instant now = Instant.now();
        happens(new SessionEvent.Ordered(now,
                new Command.LinkAccount(new CommandId("c1"), account, now, Scene.EPOCH, phone, null)));
        return this;
    }

    LiveSession delete() {
        Instant now = Instant.now();
        happens(new SessionEvent.Ordered(now,
                new Command.DeleteAccount(new CommandId("c2"), account, now, Scene.EPOCH)));
        return this;
    }

    LiveSession regenerateByForce() {
        Instant now = Instant.now();
        happens(new SessionEvent.Ordered(now,
                new Command.RegenerateQr(new CommandId("c3"), account, now, Scene.EPOCH, true)));
        return this;
    }

    LiveSession dispatch(String message, PhoneNumber to) {
        Instant now = Instant.now();
        happens(new SessionEvent.DispatchOrdered(now, new Command.Dispatch(account, new MessageId(message),
                Chat.of(to), new Content.Text("text of " + message), 1, Scene.EPOCH, now)));
        return this;
    }

    Credentials credentials() {
        return credentials;
    }

    AccountState state() {
        return Objects.requireNonNull(session.account());
    }

    LiveSession becomes(AccountStatus status) {
        await(status.wire()).atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(5))
                .until(() -> session.account() != null && state().status() == status);
        return this;
    }

    @Override
    public void close() {
        loop.shutdownNow();
        connections.values().forEach(c -> c.close(false));
    }
}
