package io.wafleet.worker.session;

import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.DesiredState;
import io.wafleet.contract.Event;
import io.wafleet.contract.JournalRecord.AccountState;
import io.wafleet.worker.connector.Credentials;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step in the making: the moves that the rules are told in. It lives only inside one {@link SessionMachine#apply}.
 *
 * <p>Two things follow from the rest and are never set by a rule: {@code requiresQr} (there are no credentials) and the timers.
 */
final class Draft {
    private final SessionPolicy policy;
    private final Session before;
    private final AccountState start;
    private final Instant at;
    private final List<SessionEffect> effects = new ArrayList<>();

    private @Nullable String name;
    private DesiredState desired;
    private AccountStatus status;
    private @Nullable String reason;
    private @Nullable Integer code;
    private Instant since;
    private @Nullable Instant connectedSince;
    private @Nullable Instant pairingEndsAt;
    private @Nullable CommandId lastCommand;
    private boolean paired;
    private Link link;
    private Past past;

    /**
     * @param start the account that the step begins with; for a new one it differs from the session's
     */
    Draft(SessionPolicy policy, Session before, AccountState start, Instant at) {
        this.policy = policy;
        this.before = before;
        this.start = start;
        this.at = at;
        this.name = start.name();
        this.desired = start.desired();
        this.status = start.status();
        this.reason = start.reason();
        this.code = start.code();
        this.since = start.since();
        this.connectedSince = start.connectedSince();
        this.pairingEndsAt = start.pairingEndsAt();
        this.lastCommand = start.lastCommand();
        this.paired = before.paired();
        this.link = before.link();
        this.past = before.link().past();
    }

    Draft tell(SessionEffect effect) {
        effects.add(effect);
        return this;
    }

    Draft named(String newName) {
        name = newName;
        return this;
    }

    Draft wants(DesiredState state) {
        desired = state;
        return this;
    }

    Draft applied(CommandId command) {
        lastCommand = command;
        return this;
    }

    /** The status begins now, unless it is the one there was: then only its reason is another. */
    Draft status(AccountStatus next, @Nullable String why, @Nullable Integer closeCode) {
        since = next == status ? since : at;
        status = next;
        reason = why;
        code = closeCode;
        return this;
    }

    AccountStatus status() {
        return status;
    }

    /** What is remembered; the next move of the link takes it along. */
    Past past() {
        return past;
    }

    Draft remember(Past memory) {
        past = memory;
        return this;
    }

    /** Nothing more happens until a person asks. */
    Draft rest() {
        link = new Link.Idle(past);
        return endPairing();
    }

    /** Whoever waits for a turn already keeps the place in the queue, unless there is a better one. */
    Draft awaitTurn(Aim aim) {
        if (!(before.link() instanceof Link.AwaitingTurn waiting) || (aim.isUrgent() && !waiting.aim().isUrgent())) {
            effects.add(new SessionEffect.AwaitTurn(aim.isUrgent()));
        }
        link = new Link.AwaitingTurn(past, aim);
        return this;
    }

    Draft waitFor(Duration delay, Aim aim) {
        link = new Link.Waiting(past, at.plus(delay), aim);
        return this;
    }

    /** One failure more; the next attempt comes by itself, without limit. */
    Draft backOff(Aim aim, String why, @Nullable Integer closeCode, double jitter) {
        past = past.failed();
        return status(AccountStatus.RECONNECTING, why, closeCode).waitFor(policy.backoff(past.failures(), jitter), aim);
    }

    Draft openConnection(Aim aim) {
        past = past.opened();
        ConnectionNumber connection = new ConnectionNumber(past.connections());
        link = new Link.Connecting(past, connection, aim, at.plus(policy.connectTimeout()));
        return tell(new SessionEffect.OpenConnection(connection, !aim.isPairing()));
    }

    Draft become(Link next) {
        link = next;
        return this;
    }

    /** Ends the connection, if there is one, and what hangs on it. */
    Draft drop(boolean logOut) {
        loseFlights();
        ConnectionNumber connection = before.connection();
        return connection == null ? this : tell(new SessionEffect.CloseConnection(connection, logOut));
    }

    /** The connection is gone: nobody will ever know what became of its sends, but for those not begun. */
    Draft loseFlights() {
        if (before.link() instanceof Link.Open open) {
            open.flights().owed().forEach(f -> tell(new SessionEffect.TellOutcome(f.dispatch(),
                    f.isFetching() ? Event.Outcome.NOT_ATTEMPTED : Event.Outcome.UNKNOWN,
                    Reasons.CONNECTION_CLOSED)));
        }
        return this;
    }

    Draft connected() {
        connectedSince = at;
        return status(AccountStatus.CONNECTED, null, null);
    }

    Draft paired(Credentials credentials) {
        paired = true;
        return endPairing().tell(new SessionEffect.ReplaceCredentials(credentials))
                .status(AccountStatus.CONNECTING, Reasons.PAIRED, null);
    }

    Draft clearCredentials() {
        paired = false;
        return tell(new SessionEffect.ClearCredentials());
    }

    /** Only a person with the phone helps now. */
    Draft needsQr(String why, @Nullable Integer closeCode) {
        return clearCredentials().rest().status(AccountStatus.NEEDS_QR, why, closeCode);
    }

    /** A person wants it paired: what was there before is forgotten. */
    Draft startPairing(Aim aim, boolean logOut) {
        past = past.forgiven();
        return endPairing().drop(logOut).clearCredentials().wants(DesiredState.CONNECTED)
                .status(AccountStatus.CONNECTING, null, null).awaitTurn(aim);
    }

    /** The end of the QR window; it begins with the first thing there is to scan or to type. */
    Instant pairingWindow() {
        Instant end = pairingEndsAt == null ? at.plus(policy.qrWindow()) : pairingEndsAt;
        pairingEndsAt = end;
        return end;
    }

    /** What is paired has no window to be scanned in. */
    Draft endPairing() {
        pairingEndsAt = null;
        return this;
    }

    boolean isPairingOver() {
        return pairingEndsAt != null && !at.isBefore(pairingEndsAt);
    }

    Decision made() {
        AccountState account = new AccountState(start.account(), start.phone(), name, desired, status, reason, code,
                !paired, start.createdAt(), since, connectedSince, pairingEndsAt, lastCommand);
        Session next = new Session(account, paired, link);
        effects.addAll(Deadlines.between(before, next));
        return new Decision.Made(new Step(next, effects));
    }
}
