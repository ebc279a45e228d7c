package io.wafleet.worker.partition;

import io.wafleet.contract.Content;
import io.wafleet.contract.Event;
import io.wafleet.contract.JournalKey;
import io.wafleet.contract.JournalRecord;
import io.wafleet.contract.MessageId;
import io.wafleet.worker.connector.Advance;
import io.wafleet.worker.connector.ConnectRequest;
import io.wafleet.worker.connector.Connection;
import io.wafleet.worker.connector.ConnectionListener;
import io.wafleet.worker.connector.Connector;
import io.wafleet.worker.connector.Credentials;
import io.wafleet.worker.connector.Outbound;
import io.wafleet.worker.log.Entry;
import io.wafleet.worker.log.Timers;
import io.wafleet.worker.media.MediaSource;
import io.wafleet.worker.session.ConnectionNumber;
import io.wafleet.worker.session.Session;
import io.wafleet.worker.session.SessionEffect;
import io.wafleet.worker.session.SessionTimer;
import io.wafleet.worker.session.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Interprets a step of the session machine: what is to be durable becomes entries, what is to be done becomes acts. It holds no rule.
 * Used on one partition loop.
 */
final class Recorder {
    /** The loop, as one account's acts see it. All calls return at once. */
    interface Target {
        void awaitTurn(Instant connectedSince);

        void signalled(ConnectionNumber connection, ConnectionListener.Signal signal);

        void timer(SessionTimer timer, Instant due);

        void brought(ConnectionNumber connection, MessageId message, MediaSource.Brought media);
    }

    private final Facts facts;
    private final SealedCredentials sealing;
    private final Connector connector;
    private final MediaSource media;
    private final Timers timers;
    private final InstantSource clock;

    Recorder(Facts facts, PartitionPorts ports) {
        this.facts = facts;
        this.sealing = new SealedCredentials(ports.cipher());
        this.connector = ports.connector();
        this.media = ports.media();
        this.timers = ports.timers();
        this.clock = ports.clock();
    }

    /**
     * Makes the step the slot's own, and adds what it leads to.
     *
     * @param tellAnyway tells the account's status even when the step did not change it
     */
    void record(AccountSlot slot, Step step, Transaction transaction, boolean tellAnyway, Target target) {
        Session before = slot.session;
        slot.session = step.next();
        JournalRecord.AccountState account = step.next().account();
        if (account != null) {
            boolean changed = !account.equals(before.account());
            if (changed) {
                transaction.entries.add(Entry.journal(new JournalKey.Account(slot.id), account));
            }
            if (changed || tellAnyway || !Objects.equals(before.nextAttemptAt(), step.next().nextAttemptAt())) {
                transaction.entries.add(facts.status(account, step.next()));
            }
        }
        for (SessionEffect effect : step.effects()) {
            switch (effect) {
                case SessionEffect.Write write -> write(slot, write, transaction);
                case SessionEffect.Act act -> transaction.acts.add(() -> act(slot, act, target));
            }
        }
    }

    /** Journals what the account is, though nothing changed. */
    void journal(AccountSlot slot, Transaction transaction) {
        JournalRecord.AccountState account = slot.session.account();
        if (account != null) {
            transaction.entries.add(Entry.journal(new JournalKey.Account(slot.id), account));
        }
    }

    /** Journals all of the account, which the journal does not know. */
    void journalAll(AccountSlot slot, Transaction transaction) {
        journal(slot, transaction);
        transaction.entries.addAll(sealing.entries(slot.id, replacing(slot, slot.credentials)));
    }

    /** Says what the account is, though nothing changed. */
    void tell(AccountSlot slot, JournalRecord.AccountState account, Transaction transaction) {
        transaction.entries.add(facts.status(account, slot.session));
    }

    private void write(AccountSlot slot, SessionEffect.Write write, Transaction transaction) {
        List<Entry> entries = transaction.entries;
        Instant now = clock.instant();
        switch (write) {
            case SessionEffect.ClearCredentials _ -> advance(slot, replacing(slot, Credentials.NONE), entries);
            case SessionEffect.ReplaceCredentials(Credentials all) -> advance(slot, replacing(slot, all), entries);
            case SessionEffect.AnnounceQr qr -> entries.add(facts.qr(slot.id, qr, now));
            case SessionEffect.AnnouncePairingCode code -> entries.add(facts.pairingCode(slot.id, code, now));
            case SessionEffect.Answer answer -> entries.add(facts.answer(answer, now));
            case SessionEffect.TellOutcome(var dispatch, Event.Outcome outcome, String reason) ->
                entries.add(facts.outcome(dispatch, outcome, reason, now));
            case SessionEffect.TellReceipt(var receipt) -> entries.add(facts.receipt(slot.id, receipt, now));
            case SessionEffect.TakeIn(ConnectionNumber number, var message) -> {
                entries.add(facts.inbound(slot.id, message, now));
                prepared(slot, number, c -> c.prepareReceipt(message), transaction);
            }
            case SessionEffect.Send(ConnectionNumber number, var dispatch, var media) -> {
                Outbound message = new Outbound(dispatch.message(), dispatch.chat(), dispatch.content(), media);
                if (!prepared(slot, number, c -> c.prepareSend(message), transaction)) {
                    entries.add(facts.outcome(dispatch, Event.Outcome.NOT_ATTEMPTED, "connection is gone", now));
                }
            }
        }

    }

    /** Advances the credentials now, stores them with the transaction, and executes after its commit. */
    private boolean prepared(AccountSlot slot, ConnectionNumber number,
            java.util.function.Function<Connection, Advance> prepare, Transaction transaction) {
        Connection connection = slot.connections.get(number);
        if (connection == null) {
            return false;
        }
        Advance advance = prepare.apply(connection);
        advance(slot, advance.changes(), transaction.entries);
        transaction.acts.add(() -> connection.execute(advance));
        return true;
    }

    private void advance(AccountSlot slot, Credentials.Changes changes, List<Entry> entries) {
        slot.credentials = slot.credentials.with(changes);
        entries.addAll(sealing.entries(slot.id, changes));
    }

    private static Credentials.Changes replacing(AccountSlot slot, Credentials all) {
        Map<String, Optional<Credentials.Part>> changes = new HashMap<>();
        slot.credentials.parts().keySet().forEach(name -> changes.put(name, Optional.empty()));
        slot.unopened.forEach(name -> changes.put(name, Optional.empty()));
        slot.unopened = Set.of();
        all.parts().forEach((name, part) -> changes.put(name, Optional.of(part)));
        return new Credentials.Changes(changes);
    }

    private void act(AccountSlot slot, SessionEffect.Act act, Target target) {
        switch (act) {
            case SessionEffect.AwaitTurn(boolean urgent) ->
                target.awaitTurn(urgent ? Instant.MIN : connectedSince(slot.session.account()));
            case SessionEffect.OpenConnection(ConnectionNumber number, boolean withCredentials) ->
                open(slot, number, withCredentials, target);
            case SessionEffect.CloseConnection(ConnectionNumber number, boolean logOut) -> {
                Connection connection = slot.connections.remove(number);
                if (connection != null) {
                    connection.close(logOut);
                }
            }
            case SessionEffect.RequestPairingCode(ConnectionNumber number) -> {
                Connection connection = slot.connections.get(number);
                if (connection != null) {
                    connection.requestPairingCode();
                }
            }
            case SessionEffect.BringMedia(ConnectionNumber number, var message, var content) ->
                bring(slot.connections.get(number), content, brought -> target.brought(number, message, brought));
            case SessionEffect.SetTimer(SessionTimer timer, Instant due) -> setTimer(slot, timer, due, target);
            case SessionEffect.CancelTimer(SessionTimer timer) -> cancel(slot.timers.remove(timer));
        }

    }

    private void open(AccountSlot slot, ConnectionNumber number, boolean withCredentials, Target target) {
        JournalRecord.AccountState account = slot.session.account();
        if (account == null) {
            return;
        }
        ConnectRequest request = new ConnectRequest(slot.id, account.phone(),
                withCredentials ? slot.credentials : Credentials.NONE);
        slot.connections.put(number, connector.open(request, signal -> target.signalled(number, signal)));
    }

    private void bring(@Nullable Connection connection, Content.Media content, Consumer<MediaSource.Brought> told) {
        if (connection == null) {
            told.accept(new MediaSource.Failed(false, "connection is gone"));
        } else {
            var _ = media.bring(content, connection::upload).thenAccept(told);
        }
    }

    private void setTimer(AccountSlot slot, SessionTimer timer, Instant due, Target target) {
        Timers.Pending set = timers.after(Duration.between(clock.instant(), due), () -> target.timer(timer, due));
        cancel(slot.timers.put(timer, set));
    }

    private static void cancel(Timers.@Nullable Pending timer) {
        if (timer != null) {
            timer.cancel();
        }
    }

    private static Instant connectedSince(JournalRecord.@Nullable AccountState account) {
        Instant since = account == null ? null : account.connectedSince();
        return since == null ? Instant.EPOCH : since;
    }
}
