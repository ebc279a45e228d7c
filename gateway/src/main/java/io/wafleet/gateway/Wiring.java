package io.wafleet.gateway;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.contract.Reply;
import io.wafleet.conversations.ConversationReads;
import io.wafleet.conversations.store.Stores;
import io.wafleet.gateway.desk.AccountDesk;
import io.wafleet.gateway.desk.Clocks;
import io.wafleet.gateway.desk.Ids;
import io.wafleet.gateway.desk.MessageDesk;
import io.wafleet.gateway.desk.OutboxDesk;
import io.wafleet.gateway.http.HttpFront;
import io.wafleet.gateway.kafka.KafkaPublisher;
import io.wafleet.gateway.kafka.KafkaViews;
import io.wafleet.gateway.kafka.MessageStatuses;
import io.wafleet.gateway.request.MessageIds;
import io.wafleet.gateway.view.AccountView;
import io.wafleet.gateway.view.Fleet;
import io.wafleet.gateway.view.OutboxView;
import io.wafleet.gateway.view.OwnershipView;
import io.wafleet.gateway.view.Partitions;
import io.wafleet.gateway.view.QueueLengths;
import io.wafleet.gateway.view.Undecided;
import io.wafleet.gateway.view.UnsentMessages;
import io.wafleet.gateway.view.Waiters;
import io.wafleet.health.Health;
import io.wafleet.identity.AccountIds;
import io.wafleet.identity.PhoneNumbers;
import io.wafleet.kafka.AccountPartitions;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.kafka.Topics;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;

/** The gateway's wiring diagram: views and waiters, fed by topics; desks that use them; the store of conversations,
 * which others write; HTTP in front. */
final class Wiring {
    private static final long EXPIRY_TICK_MS = 50;
    /** Some 35 MB at most. */
    private static final int MAX_UNSENT = 500_000;
    /** Some 20 MB at most. */
    private static final int MAX_UNTOLD = 100_000;

    private final GatewaySettings settings;
    private final KafkaPublisher publisher;
    private final KafkaViews views;
    private final ScheduledExecutorService ticker;
    private final HttpFront http;
    private final ConversationReads conversations;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Wiring(GatewaySettings settings, KafkaPublisher publisher, KafkaViews views,
            ScheduledExecutorService ticker, HttpFront http, ConversationReads conversations) {
        this.settings = settings;
        this.publisher = publisher;
        this.views = views;
        this.ticker = ticker;
        this.http = http;
        this.conversations = conversations;
    }

    static Wiring start(GatewaySettings settings, MeterRegistry metrics, Health health) {
        KafkaClients clients = new KafkaClients(settings.kafka());
        String clientId = "gateway-" + UUID.randomUUID().toString().substring(0, 8);
        checkTopics(clients, clientId, settings);
        ConversationReads conversations = Stores.openReads(settings.store());

        // Records hold milliseconds.
        Clocks clocks = new Clocks(Clock.tickMillis(ZoneOffset.UTC), System::nanoTime);
        AccountPartitions partitions = new AccountPartitions(settings.kafka().partitions());
        Fleet fleet = new Fleet(new AccountView(), new OwnershipView(clocks.nanos()),
                new Partitions(partitions.count(), partitions::of), new UnsentMessages(MAX_UNSENT),
                new OutboxView(settings.maxMessages()), new QueueLengths(MAX_UNTOLD),
                new Undecided(settings.sendWait().dividedBy(2)));
        Waiters<CommandId, Reply> replies = new Waiters<>(settings.maxWaiting());
        Waiters<CommandId, AccountStatusRecord> settled = new Waiters<>(settings.maxWaiting());
        Waiters<MessageId, MessageStatusRecord> outcomes = new Waiters<>(settings.maxWaiting());
        MessageStatuses statuses = new MessageStatuses(settings.maxMessages(), fleet.outbox()::find);

        KafkaPublisher publisher = new KafkaPublisher(clients, clientId, partitions, settings.produceTimeout(),
                settings.maxWaiting());
        KafkaViews views = new KafkaViews(clients, clientId, fleet, replies, settled, outcomes, statuses,
                settings.timings().lease(), clocks, metrics);
        Ids ids = new Ids(() -> new CommandId(UUID.randomUUID().toString()), new MessageIds(new SecureRandom())::next);
        AccountDesk accounts = new AccountDesk(fleet, publisher, replies, settled, ids, clocks,
                settings.commandWait());
        MessageDesk messages = new MessageDesk(fleet, publisher, replies, outcomes, statuses,
                ids, clocks, new MessageDesk.Limits(settings.sendWait(), settings.maxQueued()));
        OutboxDesk outbox = new OutboxDesk(publisher, replies, ids, clocks, settings.sendWait());
        HttpFront http;
        try {
            http = HttpFront.start(settings.host(), settings.port(), settings.limits(),
                    new HttpFront.Parts(fleet, accounts, messages, outbox, statuses, views::isCaughtUp,
                            views::isHistoryRead,
                            new PhoneNumbers(settings.identity().defaultRegion()),
                            new AccountIds(settings.identity().namespace()), clocks, metrics, health, version(),
                            settings.media().store(), conversations, settings.readWait()));
        } catch (RuntimeException e) {
            conversations.close();
            publisher.close();
            throw e;
        }
        views.start().readiness(health);
        ScheduledExecutorService ticker = Executors
                .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("gateway-expiry").daemon().factory());
        var _ = ticker.scheduleAtFixedRate(() -> {
            long nowNanos = clocks.nanos();
            replies.expire(nowNanos);
            settled.expire(nowNanos);
            outcomes.expire(nowNanos);
        }, EXPIRY_TICK_MS, EXPIRY_TICK_MS, TimeUnit.MILLISECONDS);
        Gauge.builder("wafleet.gateway.waiting", () -> replies.size() + outcomes.size())
                .description("Requests that wait for a reply or a status").register(metrics);
        new FleetMetrics(fleet, clocks, metrics).register(views::isCaughtUp);
        return new Wiring(settings, publisher, views, ticker, http, conversations);
    }

    private static void checkTopics(KafkaClients clients, String clientId, GatewaySettings settings) {
        try (Admin admin = clients.admin(clientId + "-admin")) {
            new Topics(admin, settings.kafka()).check();
        }
    }

    private static String version() {
        return Optional.ofNullable(Wiring.class.getPackage().getImplementationVersion()).orElse("development");
    }

    String host() {
        return settings.host();
    }

    int port() {
        return http.port();
    }

    /** HTTP first, so that requests under way still get their replies; then what feeds them. */
    void close() {
        if (closed.compareAndSet(false, true)) {
            http.close(settings.grace());
            ticker.shutdownNow();
            views.close();
            publisher.close();
            conversations.close();
        }
    }
}
