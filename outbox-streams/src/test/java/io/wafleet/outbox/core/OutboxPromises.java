package io.wafleet.outbox.core;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Command;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Event;
import io.wafleet.contract.MessageContentRecord;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.contract.OutboxRequest;
import io.wafleet.contract.Pacing;
import io.wafleet.contract.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/** What must hold whatever happens, looked at from outside: from requests, outcomes and orders alone. */
final class OutboxPromises {
    private final OutboxPolicy policy;
    private final Map<MessageId, OutboxRequest.Send> asked = new HashMap<>();
    private final Map<MessageId, MessageStatus> statuses = new HashMap<>();
    private final Map<MessageId, Integer> attempts = new HashMap<>();
    private final Set<MessageId> out = new HashSet<>();
    private final Set<MessageId> begun = new HashSet<>();
    /** Messages without schedule that wait for their first dispatch, in the order of arrival. */
    private final List<MessageId> arrived = new ArrayList<>();
    private final Map<AccountId, Epoch> connected = new HashMap<>();
    private final Map<AccountId, Double> tokens = new HashMap<>();
    private final Map<AccountId, Instant> refilled = new HashMap<>();
    private final Map<AccountId, Pacing> pacings = new HashMap<>();
    private final Map<CommandId, OutboxRequest> requests = new HashMap<>();
    /** Sends that were not accepted: they have no life of their own. */
    private final Set<MessageId> notAccepted = new HashSet<>();
    private final Map<String, MessageId> keyHolders = new HashMap<>();
    private final Map<MessageId, Instant> finalSince = new HashMap<>();
    private final Set<MessageId> retryAsked = new HashSet<>();
    /** In this step something was told of an attempt that is over: it must change nothing. */
    private @Nullable MessageId toldOfThePast;
    private final Set<AccountId> deleted = new HashSet<>();
    private Epoch epoch = Epoch.NONE;

    OutboxPromises(OutboxPolicy policy) {
        this.policy = policy;
    }

    void asked(OutboxRequest request, Instant now) {
        requests.put(request.id(), request);
        switch (request) {
            case OutboxRequest.SetPacing set -> paced(set.account(), set.pacing(), now);
            case OutboxRequest.ClearPacing clear -> paced(clear.account(), null, now);
            case OutboxRequest.Send send -> asked.put(send.message(), send);
            case OutboxRequest.Retry retry -> retryAsked.add(retry.message());
            case OutboxRequest.Cancel _,OutboxRequest.Discard _,OutboxRequest.TellPacing _ -> {
            }
        }
    }

    void claimed(Epoch next) {
        epoch = next;
        out.clear();
    }

    void status(AccountId account, boolean isConnected) {
        connected.put(account, isConnected ? epoch : Epoch.NONE);
        deleted.remove(account);
    }

    void told(Command.Dispatch of, Event.Outcome outcome) {
        boolean current = out.contains(of.message()) && attempts.getOrDefault(of.message(), 0) == of.attempt();
        if (current && outcome == Event.Outcome.NOT_ATTEMPTED) {
            tokens.merge(of.account(), 1.0, Double::sum);
        }
        if (!current && outcome != Event.Outcome.SENT) {
            toldOfThePast = of.message();
        }
    }

    void check(Output output, Instant now) {
        switch (output) {
            case Output.Dispatch(Command.Dispatch dispatch) -> dispatched(dispatch, now);
            case Output.MessageChanged(MessageStatusRecord status) -> changed(status, now);
            case Output.GivenUp given ->
                assertThat(statuses.get(given.send().message())).isEqualTo(MessageStatus.FAILED);
            case Output.Answer(Reply.RequestReply reply) -> answered(reply, now);
            case Output.ContentAccepted(MessageContentRecord content) ->
                assertThat(statuses).as("a content is told once, before any status")
                        .doesNotContainKey(content.message());
            case Output.PacingTold _,Output.AccountChanged _ -> {
            }
        }
    }

    /** At most one message of a chat is out, and at most so many chats of an account. */
    void checkAfterStep() {
        toldOfThePast = null;
        Map<String, Long> chats = out.stream().map(this::send)
                .collect(Collectors.groupingBy(s -> s.account() + " " + s.chat().jid(), Collectors.counting()));
        assertThat(chats.values()).allMatch(n -> n == 1);
        Map<AccountId, Long> accounts = out.stream()
                .collect(Collectors.groupingBy(m -> send(m).account(), Collectors.counting()));
        assertThat(accounts.values()).allMatch(n -> n <= policy.parallelChats());
        assertThat(unfinished()).noneMatch(m -> deleted.contains(send(m).account()));
    }

    Set<MessageId> unfinished() {
        return statuses.entrySet().stream().filter(e -> !e.getValue().isFinal()).map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    Optional<AccountId> accountOf(MessageId message) {
        return Optional.ofNullable(asked.get(message)).map(OutboxRequest.Send::account);
    }

    /** A key stands for one message, and whose answer names another was not accepted itself. */
    private void answered(Reply.RequestReply reply, Instant now) {
        if (!(requests.get(reply.id()) instanceof OutboxRequest.Send mine)) {
            return;
        }
        boolean isKeyed = mine.idempotencyKey() != null;
        switch (reply.result()) {
            case ACCEPTED -> {
                assertThat(reply.message()).isEqualTo(mine.message());
                keyTaken(mine, now);
            }
            case SAME_AS, CONFLICT -> {
                OutboxRequest.Send first = send(reply.message());
                assertThat(isKeyed).isTrue();
                assertThat(first.idempotencyKey()).isEqualTo(mine.idempotencyKey());
                assertThat(first.account()).isEqualTo(mine.account());
                assertThat(Objects.equals(first.fingerprint(), mine.fingerprint()))
                        .isEqualTo(reply.result() == Reply.RequestResult.SAME_AS);
                notAccepted.add(mine.message());
            }
            case REFUSED -> notAccepted.add(mine.message());
        }
    }

    /** Nobody has the key, or who had it is final for long enough. */
    private void keyTaken(OutboxRequest.Send send, Instant now) {
        MessageId before = keyHolders.put(send.account() + " " + send.idempotencyKey(), send.message());
        if (before != null) {
            assertThat(finalSince.get(before)).as("key of %s", before).isNotNull()
                    .isBeforeOrEqualTo(now.minus(policy.keysKept()));
        }
    }

    /** Its own pacing goes with it. */
    void deleted(AccountId account, Instant now) {
        paced(account, null, now);
        deleted.add(account);
    }

    private void paced(AccountId account, @Nullable Pacing pacing, Instant now) {
        tokens.put(account, Math.min(pacing == null ? policy.burst() : pacing.burst(), tokens(account, now)));
        refilled.put(account, now);
        if (pacing == null) {
            pacings.remove(account);
        } else {
            pacings.put(account, pacing);
        }
    }

    private Pacing pacing(AccountId account) {
        return pacings.getOrDefault(account, policy.pacing());
    }

    private double tokens(AccountId account, Instant now) {
        double had = tokens.getOrDefault(account, (double) pacing(account).burst());
        Instant since = refilled.getOrDefault(account, now);
        return Math.min(pacing(account).burst(),
                had + (double) Duration.between(since, now).toMillis() / pacing(account).intervalMs());
    }

    private void dispatched(Command.Dispatch dispatch, Instant now) {
        MessageId message = dispatch.message();
        assertThat(notAccepted).doesNotContain(message);
        OutboxRequest.Send send = send(message);
        assertThat(dispatch.account()).isEqualTo(send.account());
        assertThat(dispatch.chat()).isEqualTo(send.chat());
        assertThat(dispatch.epoch()).isEqualTo(epoch).isEqualTo(connected.get(dispatch.account()));
        assertThat(dispatch.attempt()).as("attempt of %s", message)
                .isEqualTo(attempts.getOrDefault(message, 0) + 1);
        attempts.put(message, dispatch.attempt());
        if (send.sendAt() != null) {
            assertThat(now).isAfterOrEqualTo(send.sendAt());
        }
        inOrder(send);
        paced(dispatch.account(), now);
        out.add(message);
        begun.add(message);
        arrived.remove(message);
    }

    /** Nobody overtakes a message of its chat that was begun, nor one that arrived earlier, unless that has a time of its own. */
    private void inOrder(OutboxRequest.Send send) {
        assertThat(begun.stream().filter(m -> !m.equals(send.message())).filter(m -> sameChat(send, m))
                .filter(m -> !finished(m))).as("begun before %s", send.message()).isEmpty();
        if (arrived.contains(send.message())) {
            assertThat(arrived.stream().filter(m -> sameChat(send, m)).findFirst()).contains(send.message());
        }
    }

    private boolean sameChat(OutboxRequest.Send send, MessageId other) {
        Chat chat = send(other).chat();
        return chat.equals(send.chat()) && send(other).account().equals(send.account());
    }

    private void paced(AccountId account, Instant now) {
        double has = tokens(account, now);
        assertThat(has).as("tokens of %s", account).isGreaterThan(0.99);
        tokens.put(account, has - 1);
        refilled.put(account, now);
    }

    /** One that may go at once is told as dispatched only. */
    private static boolean isWaitingOrOut(MessageStatus status) {
        return status == MessageStatus.QUEUED || status == MessageStatus.DISPATCHED;
    }

    private void changed(MessageStatusRecord record, Instant now) {
        MessageId message = record.message();
        assertThat(message.equals(toldOfThePast) && record.status() != MessageStatus.DISPATCHED)
                .as("%s moved by an attempt that is over", message).isFalse();
        MessageStatus was = statuses.put(message, record.status());
        if (was == null) {
            if (record.status() == MessageStatus.FAILED) {
                assertThat(record.reason()).isEqualTo("send_at_too_far");
                return;
            }
            boolean isDeleted = record.status() == MessageStatus.CANCELLED && deleted.contains(record.account());
            Instant expiresAt = send(message).expiresAt();
            boolean isOver = record.status() == MessageStatus.EXPIRED && expiresAt != null && !now.isBefore(expiresAt);
            assertThat(isDeleted || isOver || isWaitingOrOut(record.status()))
                    .as("%s begins as %s", message, record.status()).isTrue();
            if (send(message).sendAt() == null) {
                arrived.add(message);
            }
        } else if (was.isFinal()) {
            if (was == MessageStatus.FAILED && record.status() == MessageStatus.FAILED) {
                assertThat(record.retryUntil()).as("discarded").isNull();
                return;
            }
            boolean again = was == MessageStatus.FAILED && isWaitingOrOut(record.status());
            assertThat(again ? retryAsked.contains(message) : record.status().isSentOrLater())
                    .as("%s: %s after %s", message, record.status(), was).isTrue();
            if (again) {
                finalSince.remove(message);
                begun.remove(message);
            } else if (was.isSentOrLater()) {
                assertThat(record.status()).isGreaterThan(was);
            }
        }
        if (record.status() != MessageStatus.DISPATCHED) {
            out.remove(message);
        }
        if (record.status().isFinal()) {
            finalSince.putIfAbsent(message, now);
            arrived.remove(message);
        }
    }

    private boolean finished(MessageId message) {
        return statuses.getOrDefault(message, MessageStatus.QUEUED).isFinal();
    }

    private OutboxRequest.Send send(MessageId message) {
        OutboxRequest.Send send = asked.get(message);
        if (send == null) {
            throw new AssertionError(message + " was never asked for");
        }
        return send;
    }
}
