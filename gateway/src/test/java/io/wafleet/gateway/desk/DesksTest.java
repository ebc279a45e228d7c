package io.wafleet.gateway.desk;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Command;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.Content;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageRef;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.contract.OutboxRequest;
import io.wafleet.contract.Reply;
import io.wafleet.contract.Reply.CommandReply;
import io.wafleet.contract.Reply.CommandResult;
import io.wafleet.contract.Reply.RequestReply;
import io.wafleet.contract.Reply.RequestResult;
import io.wafleet.contract.Versioned;
import io.wafleet.contract.WorkerHeartbeat;
import io.wafleet.contract.WorkerId;
import io.wafleet.gateway.desk.Publisher.Publication;
import io.wafleet.gateway.request.CommandAnswer;
import io.wafleet.gateway.request.OutboxAnswer;
import io.wafleet.gateway.request.SendAnswer;
import io.wafleet.gateway.request.SendOrder;
import io.wafleet.gateway.request.SendTimes;
import io.wafleet.gateway.view.AccountView;
import io.wafleet.gateway.view.Fleet;
import io.wafleet.gateway.view.OutboxView;
import io.wafleet.gateway.view.OwnershipView;
import io.wafleet.gateway.view.Partitions;
import io.wafleet.gateway.view.QueueLengths;
import io.wafleet.gateway.view.Undecided;
import io.wafleet.gateway.view.UnsentMessages;
import io.wafleet.gateway.view.Waiters;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Both desks on a clock set by hand, and a publisher that is answered by hand. */
final class DesksTest {
    private static final AccountId ACCOUNT = new AccountId("a");
    private static final MessageId MESSAGE = new MessageId("3EB0AA");
    private static final Chat CHAT = new Chat("40712345678@s.whatsapp.net");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private long nanos;
    private final Fleet fleet = new Fleet(new AccountView(), new OwnershipView(0), new Partitions(1, _ -> 0),
            new UnsentMessages(10), new OutboxView(10), new QueueLengths(10), new Undecided(Duration.ofSeconds(2)));
    private final Waiters<CommandId, Reply> replies = new Waiters<>(1);
    private final Waiters<CommandId, AccountStatusRecord> settled = new Waiters<>(10);
    private final Waiters<MessageId, MessageStatusRecord> outcomes = new Waiters<>(1);
    private final Map<MessageId, MessageStatusRecord> statuses = new HashMap<>();
    private final List<Versioned> published = new ArrayList<>();
    private CompletableFuture<Publication> publication = CompletableFuture.completedFuture(Publication.CONFIRMED);
    private final Clocks clocks = new Clocks(() -> NOW, () -> nanos);
    private final AtomicInteger commands = new AtomicInteger();
    private final Ids ids = new Ids(() -> new CommandId("c" + commands.incrementAndGet()), () -> MESSAGE);
    private final Publisher publisher = (topic, account, record) -> {
        published.add(record);
        return publication;
    };
    private final AccountDesk accounts = new AccountDesk(fleet, publisher, replies, settled, ids, clocks,
            Duration.ofSeconds(6));
    private final MessageDesk messages = new MessageDesk(fleet, publisher, replies, outcomes,
            new MessageDesk.Statuses() {
                @Override
                public Optional<MessageStatusRecord> find(MessageId message) {
                    return Optional.ofNullable(statuses.get(message));
                }

                @Override
                public void accepted(MessageStatusRecord queued) {
                    statuses.putIfAbsent(queued.message(), queued);
                }
            }, ids, clocks, new MessageDesk.Limits(Duration.ofSeconds(5), 3));

    @BeforeEach
    void anOwnerLives() {
        fleet.ownership().heartbeat(new WorkerHeartbeat(new WorkerId("w"), "i", "1", 1, Map.of(0, new Epoch(1)), 0, 0,
                60_000, NOW, NOW), true, 0);
    }

    private void after(Duration duration) {
        nanos += duration.toNanos();
        replies.expire(nanos);
        settled.expire(nanos);
        outcomes.expire(nanos);
    }

    private CompletableFuture<CommandAnswer> disconnect() {
        return accounts.run(ACCOUNT,
                s -> new Command.DisconnectAccount(s.id(), ACCOUNT, s.issuedAt(), s.epoch())).toCompletableFuture();
    }

    private CommandReply commandReply(CommandResult result) {
        Command.AccountCommand command = (Command.AccountCommand) published.getLast();
        return new CommandReply(command.id(), ACCOUNT, NOW, result, null, null, AccountStatus.DISCONNECTED);
    }

    private CompletableFuture<SendAnswer> send(String key, boolean async) {
        return messages.send(new SendOrder(ACCOUNT, CHAT, new Content.Text("x"), SendTimes.ANY,
                key.isEmpty() ? Optional.empty() : Optional.of(key), async)).toCompletableFuture();
    }

    private void decide(RequestResult result, MessageId message) {
        OutboxRequest.Send send = (OutboxRequest.Send) published.getLast();
        replies.offer(send.id(), new RequestReply(send.id(), ACCOUNT, NOW, result, message, null, null));
    }

    private void decide(RequestResult result, MessageStatusRecord first) {
        OutboxRequest.Send send = (OutboxRequest.Send) published.getLast();
        replies.offer(send.id(),
                new RequestReply(send.id(), ACCOUNT, NOW, result, first.message(), null, null, first));
    }

    private MessageStatusRecord status(MessageId message, MessageStatus status) {
        return new MessageStatusRecord(ACCOUNT, message, CHAT, status, 1, null, NOW, NOW, null, null, null, null);
    }

    @Test
    void fingerprintsTellRequestsApartAndNothingElse() {
        Content text = new Content.Text("text");
        assertThat(Fingerprint.of(CHAT, text)).isEqualTo(Fingerprint.of(CHAT, new Content.Text("text"))).hasSize(64);
        assertThat(Fingerprint.of(CHAT, text)).isNotEqualTo(Fingerprint.of(CHAT, new Content.Text("text ")))
                .isNotEqualTo(Fingerprint.of(new Chat("40712345679@s.whatsapp.net"), text));
    }

    @Test
    void fingerprintCoversAllOfTheContent() {
        URI link = URI.create("https://files.example.com/a");
        MessageRef quoted = MessageRef.own(new MessageId("3A"));
        List<Content> all = List.of(new Content.Text("text"), new Content.Text("text", quoted),
                new Content.Image(link, null, null, null), new Content.Image(link, "c", null, null),
                new Content.Image(link, null, "image/png", null), new Content.Image(link, null, null, quoted),
                new Content.Sticker(link, null, null), new Content.Document(link, "a", null, null, null),
                new Content.Document(link, null, "a", null, null), new Content.Reaction(quoted, "👍"),
                new Content.Reaction(quoted, ""), new Content.Edit(quoted, "text"), new Content.Delete(quoted),
                new Content.Text(JsonCodec.text(new Content.Delete(quoted))));
        assertThat(all.stream().map(c -> Fingerprint.of(CHAT, c)).distinct()).hasSameSizeAs(all);
    }

    @Test
    void aCommandIsAddressedToTheLivingOwnerAndEndsWithItsReply() {
        CompletableFuture<CommandAnswer> answer = disconnect();
        Command.AccountCommand command = (Command.AccountCommand) published.getLast();
        assertThat(command.epoch()).isEqualTo(new Epoch(1));
        replies.offer(command.id(), commandReply(CommandResult.REFUSED));
        assertThat(answer).isCompletedWithValueMatching(a -> a instanceof CommandAnswer.Refused);
    }

    @Test
    void aCommandThatAnotherOwnerReadWasNotDone() {
        CompletableFuture<CommandAnswer> answer = disconnect();
        CommandReply reply = commandReply(CommandResult.EXPIRED);
        replies.offer(reply.id(), reply);
        assertThat(answer).isCompletedWithValue(new CommandAnswer.Passive());
    }

    @Test
    void anAppliedCommandIsAnsweredOnceTheChangelogHasIt() {
        CompletableFuture<CommandAnswer> answer = disconnect();
        CommandReply reply = commandReply(CommandResult.APPLIED);
        replies.offer(reply.id(), reply);
        assertThat(answer).isNotDone();
        after(Duration.ofMillis(500));
        assertThat(answer).isCompletedWithValue(new CommandAnswer.Applied(reply));
    }

    @Test
    void aCommandWithoutReplyEndsAfterTheWait() {
        CompletableFuture<CommandAnswer> answer = disconnect();
        after(Duration.ofMillis(5999));
        assertThat(answer).isNotDone();
        after(Duration.ofMillis(1));
        assertThat(answer).isCompletedWithValueMatching(a -> a instanceof CommandAnswer.Unanswered);
    }

    @Test
    void nothingIsWrittenWithoutALiveOwnerUnlessTheCallerDoesNotWait() {
        after(Duration.ofSeconds(61));
        assertThat(disconnect()).isCompletedWithValue(new CommandAnswer.Passive());
        assertThat(send("", false)).isCompletedWithValue(new SendAnswer.Passive());
        assertThat(published).isEmpty();
        assertThat(send("", true)).isCompletedWithValueMatching(a -> a instanceof SendAnswer.Kept);
        assertThat(published).hasSize(1);
    }

    @Test
    void nothingIsWrittenWhenTooManyWait() {
        disconnect();
        send("", false);
        published.clear();
        assertThat(disconnect()).isCompletedWithValue(new CommandAnswer.Busy());
        assertThat(send("", false)).isCompletedWithValue(new SendAnswer.Busy());
        assertThat(send("key", true)).isCompletedWithValue(new SendAnswer.Busy());
        assertThat(published).isEmpty();
    }

    @Test
    void saysWhatIsKnownWhenKafkaDoesNotConfirm() {
        publication = CompletableFuture.completedFuture(Publication.UNCONFIRMED);
        assertThat(disconnect()).isCompletedWithValueMatching(a -> a instanceof CommandAnswer.Unconfirmed);
        assertThat(send("", false)).isCompletedWithValue(new SendAnswer.Unconfirmed(MESSAGE));
        publication = CompletableFuture.completedFuture(Publication.NOT_WRITTEN);
        after(Duration.ofSeconds(10));
        assertThat(disconnect()).isCompletedWithValue(new CommandAnswer.NotWritten());
        assertThat(send("", false)).isCompletedWithValue(new SendAnswer.NotWritten());
    }

    @Test
    void aMessageIsAnsweredAsSoonAsItIsSent() {
        CompletableFuture<SendAnswer> answer = send("", false);
        assertThat(answer).isNotDone();
        outcomes.offer(MESSAGE, status(MESSAGE, MessageStatus.SENT));
        assertThat(answer).isCompletedWithValue(new SendAnswer.Kept(MESSAGE, MessageStatus.SENT, false, null));
    }

    @Test
    void aMessageThatIsNotSentInTimeIsQueuedOrWhatIsKnownOfIt() {
        CompletableFuture<SendAnswer> queued = send("", false);
        after(Duration.ofSeconds(5));
        assertThat(queued).isCompletedWithValue(new SendAnswer.Kept(MESSAGE, MessageStatus.QUEUED, false, null));
        statuses.put(MESSAGE, status(MESSAGE, MessageStatus.DISPATCHED));
        CompletableFuture<SendAnswer> dispatched = send("", false);
        after(Duration.ofSeconds(5));
        assertThat(dispatched)
                .isCompletedWithValue(new SendAnswer.Kept(MESSAGE, MessageStatus.DISPATCHED, false, null));
    }

    @Test
    void aKeyedMessageIsAnsweredOnlyAfterTheDecision() {
        CompletableFuture<SendAnswer> answer = send("key", true);
        assertThat(answer).isNotDone();
        decide(RequestResult.ACCEPTED, MESSAGE);
        assertThat(answer).isCompletedWithValueMatching(a -> a instanceof SendAnswer.Kept);
    }

    @Test
    void anOutboxThatIsBehindWithItsDecisionsIsAskedForNoMore() {
        for (int i = 0; i < 32; i++) {
            fleet.undecided().ask(0, new CommandId("before" + i), nanos);
        }
        after(Duration.ofSeconds(3));
        assertThat(send("key", true)).isCompletedWithValue(new SendAnswer.Busy());
        assertThat(published).isEmpty();
        fleet.undecided().answered(0, new CommandId("before31"));
        assertThat(send("key", true)).isNotDone();
        assertThat(published).hasSize(1);
    }

    @Test
    void whatKafkaRefusedIsNoSignOfAnOutboxThatIsBehind() {
        publication = CompletableFuture.completedFuture(Publication.NOT_WRITTEN);
        for (int i = 0; i < 31; i++) {
            fleet.undecided().ask(0, new CommandId("before" + i), nanos);
        }
        assertThat(send("key", true)).isCompletedWithValue(new SendAnswer.NotWritten());
        after(Duration.ofSeconds(6));
        replies.expire(nanos);
        assertThat(send("key", true)).isCompletedWithValue(new SendAnswer.NotWritten());
    }

    @Test
    void aRepeatedKeyIsAnsweredWithTheFirstMessage() {
        MessageId first = new MessageId("3EB0FIRST");
        statuses.put(first, status(first, MessageStatus.READ));
        CompletableFuture<SendAnswer> answer = send("key", false);
        decide(RequestResult.SAME_AS, first);
        assertThat(answer).isCompletedWithValue(new SendAnswer.Kept(first, MessageStatus.READ, true, null));
        CompletableFuture<SendAnswer> conflict = send("key", false);
        decide(RequestResult.CONFLICT, first);
        assertThat(conflict).isCompletedWithValue(new SendAnswer.Conflict(first));
    }

    @Test
    void aRepetitionOfAMessageThatEndedLongAgoSaysHowAtOnceAndItIsKnownFromThen() {
        MessageId first = new MessageId("3EB0FIRST");
        MessageStatusRecord failed = new MessageStatusRecord(ACCOUNT, first, CHAT, MessageStatus.FAILED, 3,
                "not on WhatsApp", NOW, NOW, null, null, null, null);
        CompletableFuture<SendAnswer> answer = send("key", false);
        decide(RequestResult.SAME_AS, failed);
        assertThat(answer)
                .isCompletedWithValue(new SendAnswer.Kept(first, MessageStatus.FAILED, true, "not on WhatsApp"));
        assertThat(statuses.get(first)).isEqualTo(failed);
    }

    @Test
    void whatTheOutboxDecidedIsNewerThanAStatusThatIsNotFinal() {
        MessageId first = new MessageId("3EB0FIRST");
        statuses.put(first, status(first, MessageStatus.QUEUED));
        CompletableFuture<SendAnswer> failed = send("key", true);
        decide(RequestResult.SAME_AS, status(first, MessageStatus.EXPIRED));
        assertThat(failed).isCompletedWithValue(new SendAnswer.Kept(first, MessageStatus.EXPIRED, true, null));
        statuses.put(first, status(first, MessageStatus.READ));
        CompletableFuture<SendAnswer> read = send("key", true);
        decide(RequestResult.SAME_AS, status(first, MessageStatus.SENT));
        assertThat(read).isCompletedWithValue(new SendAnswer.Kept(first, MessageStatus.READ, true, null));
    }

    @Test
    void theMessageOfAConflictIsKnownAtOnce() {
        MessageId first = new MessageId("3EB0FIRST");
        CompletableFuture<SendAnswer> answer = send("key", false);
        decide(RequestResult.CONFLICT, status(first, MessageStatus.QUEUED));
        assertThat(answer).isCompletedWithValue(new SendAnswer.Conflict(first));
        assertThat(statuses).containsKey(first);
    }

    @Test
    void aMessageThatExpiredAsItWasAcceptedIsNotSaidToBeQueued() {
        CompletableFuture<SendAnswer> answer = send("key", true);
        decide(RequestResult.ACCEPTED, status(MESSAGE, MessageStatus.EXPIRED));
        assertThat(answer).isCompletedWithValue(new SendAnswer.Kept(MESSAGE, MessageStatus.EXPIRED, false, null));
        assertThat(statuses.get(MESSAGE).status()).isEqualTo(MessageStatus.EXPIRED);
    }

    @Test
    void decisionAndStatusShareOneBound() {
        CompletableFuture<SendAnswer> undecided = send("key", false);
        after(Duration.ofSeconds(5));
        assertThat(undecided).isCompletedWithValue(new SendAnswer.Undecided(MESSAGE));
        CompletableFuture<SendAnswer> late = send("key", false);
        after(Duration.ofSeconds(4));
        decide(RequestResult.ACCEPTED, MESSAGE);
        assertThat(late).isNotDone();
        after(Duration.ofSeconds(1));
        assertThat(late).isCompletedWithValueMatching(a -> a instanceof SendAnswer.Kept);
    }

    @Test
    void aFullQueueTakesNothingWithoutKeyAndWritesNothing() {
        fleet.queues().told(status(new MessageId("q"), MessageStatus.QUEUED).waiting(3), 7);
        assertThat(send("", true)).isCompletedWithValue(new SendAnswer.Full());
        assertThat(published).isEmpty();
        fleet.queues().told(status(new MessageId("q"), MessageStatus.SENT).waiting(2), 8);
        assertThat(send("", true)).isCompletedWithValueMatching(a -> a instanceof SendAnswer.Kept);
        assertThat(send("", true)).as("one is accepted, though not yet told of")
                .isCompletedWithValue(new SendAnswer.Full());
    }

    @Test
    void whatWasNotWrittenTakesNoPlace() {
        publication = CompletableFuture.completedFuture(Publication.NOT_WRITTEN);
        for (int i = 0; i < 5; i++) {
            assertThat(send("", true)).isCompletedWithValue(new SendAnswer.NotWritten());
        }
        assertThat(fleet.queues().of(ACCOUNT)).isZero();
    }

    @Test
    void whatIsTooLargeForKafkaIsSaidToBeSoAndTakesNoPlace() {
        publication = CompletableFuture.completedFuture(Publication.TOO_LARGE);
        assertThat(send("", true)).isCompletedWithValue(new SendAnswer.TooLarge());
        assertThat(send("key", true)).isCompletedWithValue(new SendAnswer.TooLarge());
        assertThat(fleet.queues().of(ACCOUNT)).isZero();
    }

    @Test
    void whatWasAcceptedIsKnownAtOnce() {
        assertThat(send("", true)).isCompletedWithValueMatching(a -> a instanceof SendAnswer.Kept);
        assertThat(statuses.get(MESSAGE).status()).isEqualTo(MessageStatus.QUEUED);
        assertThat(statuses.get(MESSAGE).account()).isEqualTo(ACCOUNT);
    }

    @Test
    void nobodyWaitsForWhatIsToBeSentLater() {
        SendOrder order = new SendOrder(ACCOUNT, CHAT, new Content.Text("x"),
                new SendTimes(NOW.plusSeconds(60), NOW.plusSeconds(90)), Optional.empty(), false);
        assertThat(messages.send(order).toCompletableFuture())
                .isCompletedWithValue(new SendAnswer.Kept(MESSAGE, MessageStatus.QUEUED, false, null));
        OutboxRequest.Send send = (OutboxRequest.Send) published.getLast();
        assertThat(send.sendAt()).isEqualTo(NOW.plusSeconds(60));
        assertThat(send.expiresAt()).isEqualTo(NOW.plusSeconds(90));
    }

    @Test
    void timesArePartOfWhatAKeyStandsFor() {
        SendTimes times = new SendTimes(NOW, null);
        assertThat(Fingerprint.of(CHAT, new Content.Text("x"), times))
                .isNotEqualTo(Fingerprint.of(CHAT, new Content.Text("x")))
                .isNotEqualTo(Fingerprint.of(CHAT, new Content.Text("x"), new SendTimes(null, NOW)));
        assertThat(Fingerprint.of(CHAT, new Content.Text("x"), SendTimes.ANY))
                .isEqualTo(Fingerprint.of(CHAT, new Content.Text("x")));
    }

    @Test
    void aQuestionToTheOutboxNeedsNoOwnerAndEndsWithItsReply() {
        OutboxDesk desk = new OutboxDesk(publisher, replies, ids, clocks, Duration.ofSeconds(5));
        CompletableFuture<OutboxAnswer> answer = desk
                .ask(ACCOUNT, (id, at) -> new OutboxRequest.Cancel(id, ACCOUNT, MESSAGE, at)).toCompletableFuture();
        OutboxRequest.Cancel asked = (OutboxRequest.Cancel) published.getLast();
        RequestReply reply = new RequestReply(asked.id(), ACCOUNT, NOW, RequestResult.ACCEPTED, MESSAGE, null, null);
        replies.offer(asked.id(), reply);
        assertThat(answer).isCompletedWithValue(new OutboxAnswer.Told(reply));
    }

    @Test
    void aQuestionThatTheOutboxDoesNotAnswerIsUntold() {
        OutboxDesk desk = new OutboxDesk(publisher, replies, ids, clocks, Duration.ofSeconds(5));
        CompletableFuture<OutboxAnswer> answer = desk
                .ask(ACCOUNT, (id, at) -> new OutboxRequest.TellPacing(id, ACCOUNT, at)).toCompletableFuture();
        after(Duration.ofSeconds(5));
        assertThat(answer).isCompletedWithValue(new OutboxAnswer.Untold());
        publication = CompletableFuture.completedFuture(Publication.NOT_WRITTEN);
        assertThat(desk.ask(ACCOUNT, (id, at) -> new OutboxRequest.TellPacing(id, ACCOUNT, at)).toCompletableFuture())
                .isCompletedWithValue(new OutboxAnswer.NotWritten());
    }
}
