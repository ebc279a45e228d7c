package io.wafleet.gateway.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.contract.Reply;
import io.wafleet.contract.Topic;
import io.wafleet.gateway.desk.Clocks;
import io.wafleet.gateway.kafka.TopicTail.Course;
import io.wafleet.gateway.view.Fleet;
import io.wafleet.gateway.view.Waiters;
import io.wafleet.health.Health;
import io.wafleet.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;

/**
 * The topics that the gateway reads, each on a thread of its own: {@code account-status}, {@code workers} and the history of
 * {@code message-status} from the beginning; {@code replies}, {@code events} and what becomes of messages now from the end. The history
 * begins once it is known where the present did, and reads at least until there.
 */
public final class KafkaViews implements AutoCloseable {
    private final TopicTail accounts;
    private final TopicTail workers;
    private final TopicTail events;
    private final TopicTail replies;
    private final TopicTail messages;
    private final TopicTail history;

    /**
     * @param lease how long a worker's sign of life counts
     */
    public KafkaViews(KafkaClients clients, String clientId, Fleet fleet, Waiters<CommandId, Reply> waitingForReply,
            Waiters<CommandId, AccountStatusRecord> settled, Waiters<MessageId, MessageStatusRecord> outcomes,
            MessageStatuses statuses, Duration lease, Clocks clocks, MeterRegistry metrics) {
        Feeds feeds = new Feeds(fleet, new Feeds.Waiting(waitingForReply, settled, outcomes), statuses, clocks,
                metrics);
        this.accounts = new TopicTail(clients, clientId,
                Course.whole(Topic.ACCOUNT_STATUS),
                (record, _) -> feeds.accountStatus(record), clocks.monotonicNanos());
        this.workers = new TopicTail(clients, clientId, Course.watched(Topic.WORKERS, lease.dividedBy(2)),
                feeds::worker, clocks.monotonicNanos());
        this.events = new TopicTail(clients, clientId, Course.fromNow(Topic.EVENTS),
                (record, _) -> feeds.event(record), clocks.monotonicNanos());
        this.replies = new TopicTail(clients, clientId, Course.fromNow(Topic.REPLIES),
                (record, _) -> feeds.reply(record), clocks.monotonicNanos());
        this.messages = new TopicTail(clients, clientId, Course.fromNow(Topic.MESSAGE_STATUS),
                (record, _) -> feeds.messageStatus(record), clocks.monotonicNanos());
        this.history = new TopicTail(clients, clientId, Course.untilNow(Topic.MESSAGE_STATUS),
                (record, _) -> feeds.messageHistory(record), clocks.monotonicNanos())
                .whenCaughtUp(fleet.unsent()::historyIsRead);
        // Its end is asked for only then: what was written between two ends would be in neither.
        messages.whenCaughtUp(history::start);
    }

    public KafkaViews start() {
        all().stream().filter(tail -> tail != history).forEach(TopicTail::start);
        return this;
    }

    /** Whether accounts and owners are known, and answers will be heard: without these no request can be served rightly. */
    public boolean isCaughtUp() {
        return accounts.isCaughtUp() && workers.isCaughtUp() && events.isCaughtUp() && replies.isCaughtUp()
                && messages.isCaughtUp();
    }

    /** Whether the statuses of older messages are read. */
    public boolean isHistoryRead() {
        return history.isCaughtUp();
    }

    /** Adds a readiness check for each view. */
    public void readiness(Health health) {
        health.readyWhen("gateway-accounts", accounts::isCaughtUp)
                .readyWhen("gateway-owners", () -> workers.isCaughtUp() && events.isCaughtUp())
                .readyWhen("gateway-replies", () -> replies.isCaughtUp() && messages.isCaughtUp());
    }

    /** Names of the tails that read now. */
    List<String> running() {
        return all().stream().filter(TopicTail::isRunning).map(TopicTail::name).toList();
    }

    private List<TopicTail> all() {
        return List.of(accounts, workers, events, replies, messages, history);
    }

    /** Without waiting for the end. */
    void askToEnd() {
        all().forEach(TopicTail::askToEnd);
    }

    /** All at once: each waits for its last fetch. */
    @Override
    public void close() {
        askToEnd();
        all().forEach(TopicTail::close);
    }
}
