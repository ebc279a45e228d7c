package io.wafleet.outbox.core;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Event;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.OutboxRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Decides what becomes of each message of a partition, and what its accounts are. Pure: the same state, input and moment give the
 * same orders. Stateless itself, so it may be shared; a store belongs to the thread that runs its partition.
 *
 * <p>A step is all or nothing: when it throws, the store is as before.
 */
public final class OutboxMachine {
    private final OutboxPolicy policy;

    public OutboxMachine(OutboxPolicy policy) {
        this.policy = policy;
    }

    /**
     * Takes in what happened.
     *
     * @param now by the outbox's own clock
     * @return what is to be written with the state, in this order
     */
    public List<Output> apply(OutboxStore store, Input input, Instant now) {
        Draft draft = new Draft(store);
        Step step = new Step(policy, draft, moment(input, now.truncatedTo(ChronoUnit.MILLIS)));
        new Rules(step).apply(input);
        draft.commit();
        return step.outputs();
    }

    /** A timer that fired was due, whatever the clock says by now: a wake-up that comes "too early" would be lost. */
    private static Instant moment(Input input, Instant now) {
        return input instanceof Input.TimerFired fired && fired.timer().leadingInstant().isAfter(now)
                ? fired.timer().leadingInstant()
                : now;
    }

    /** Makes anew what a store does not keep, before anything else is done with it. */
    public void recover(OutboxStore store, Instant now) {
        WaitingIndex.rebuild(store, now);
    }

    /** Timers that are due, the oldest first; each is to be applied in a step of its own. */
    public List<Input.TimerFired> due(OutboxStore store, Instant now, int limit) {
        return store.scan(Table.TIMERS, Key.FIRST, Key.FIRST.with(now).afterAll(), limit).stream()
                .map(e -> new Input.TimerFired(e.key(), e.value().account(), e.value().message())).toList();
    }

    /** When the next timer falls due. */
    public Optional<Instant> nextDue(OutboxStore store) {
        return store.scan(Table.TIMERS, Key.FIRST, Key.LAST, 1).stream().findFirst().map(e -> e.key().leadingInstant());
    }

    /** Puts off a timer whose step could not be made, so that the others get their turn. */
    public void postpone(OutboxStore store, Input.TimerFired timer, Instant until) {
        store.delete(Table.TIMERS, timer.timer());
        store.put(Table.TIMERS, Table.timerKey(until, timer.account(), timer.message()),
                new Table.Ref(timer.account(), timer.message()));
    }

    /** The newest claim, and what is known of its owner. */
    public PartitionRow partition(OutboxStore store) {
        return Optional.ofNullable(store.get(Table.PARTITION, PartitionRow.KEY)).orElse(PartitionRow.UNCLAIMED);
    }

    /** What one step decides with. */
    private static final class Rules {
        private final Step step;
        private final Endings endings;
        private final Attempts attempts;
        private final Requests requests;
        private final PacingRequests pacing;
        private final ChatQueue queue;
        private final AccountFold accounts;

        Rules(Step step) {
            this.step = step;
            queue = new ChatQueue(step);
            endings = new Endings(step, queue);
            attempts = new Attempts(step, queue, endings);
            requests = new Requests(step, queue, endings, attempts);
            pacing = new PacingRequests(step, attempts);
            accounts = new AccountFold(step, attempts, endings);
        }

        void apply(Input input) {
            switch (input) {
                case Input.Asked(OutboxRequest.Send send, long offset) -> requests.send(send, offset);
                case Input.Asked(OutboxRequest.Cancel cancel, _) -> requests.cancel(cancel);
                case Input.Asked(OutboxRequest.Retry retry, _) -> requests.retry(retry);
                case Input.Asked(OutboxRequest.Discard discard, _) -> requests.discard(discard);
                case Input.Asked(OutboxRequest.PacingRequest about, _) -> pacing.apply(about);
                case Input.Told(Event event) -> told(event);
                case Input.TimerFired timer -> fired(timer);
                case Input.OwnerSilent silent ->
                    accounts.owner(silent.epoch(), PartitionRow.Owner.SILENT, step.now());
                case Input.OwnerHeard heard -> accounts.owner(heard.epoch(), PartitionRow.Owner.PRESENT, step.now());
            }
        }

        /**
         * A fact of a newer claim means that there was one, even if its own record is gone from the log. Of an older claim only
         * facts about messages still count: they stay facts, whoever told them.
         */
        private void told(Event event) {
            boolean stale = event.epoch().isOlderThan(step.partition().epoch());
            accounts.claimed(event.epoch(), event.at());
            switch (event) {
                case Event.DispatchOutcome outcome -> attempts.outcome(outcome);
                case Event.ReceiptReceived receipt -> attempts.receipt(receipt);
                case Event.PartitionReleased released ->
                    accounts.owner(released.epoch(), PartitionRow.Owner.RELEASED, released.at());
                case Event.AccountStatusChanged changed when !stale -> accounts.changed(changed);
                case Event.AccountUnreadable unreadable when !stale -> accounts.unreadable(unreadable);
                case Event.QrIssued issued when !stale -> accounts.qrIssued(issued);
                case Event.PairingCodeIssued issued when !stale -> accounts.pairingCodeIssued(issued);
                // Stale; taken in as a claim above; nothing to do with sending.
                case Event.AccountStatusChanged _,Event.AccountUnreadable _,Event.QrIssued _,Event.PairingCodeIssued _,Event.PartitionClaimed _,Event.InboundMessage _ ->
                    {
                    }
            }
        }

        private void fired(Input.TimerFired timer) {
            step.state().delete(Table.TIMERS, timer.timer());
            MessageId message = timer.message();
            if (message == null) {
                attempts.woken(timer.account());
            } else {
                due(timer.account(), message);
            }
        }

        private void due(AccountId account, MessageId message) {
            MessageRow row = step.message(account, message);
            if (row == null) {
                return;
            }
            MessageRow.Out out = row.out();
            if (out != null && step.now().isBefore(out.deadline())) {
                queue.sendOff(row, out.deadline());
            } else if (out != null) {
                attempts.noOutcome(row);
            } else if (step.now().isBefore(row.expiresAt())) {
                queue.arrange(account, row.chat());
            } else {
                endings.end(row, MessageStatus.EXPIRED, row.reason());
            }
            attempts.pump(account);
        }
    }
}
