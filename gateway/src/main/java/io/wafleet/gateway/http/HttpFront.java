package io.wafleet.gateway.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.openapi.contract.OpenAPIContract;
import io.wafleet.conversations.ConversationReads;
import io.wafleet.gateway.desk.AccountDesk;
import io.wafleet.gateway.desk.Clocks;
import io.wafleet.gateway.desk.MessageDesk;
import io.wafleet.gateway.desk.OutboxDesk;
import io.wafleet.gateway.request.Recipients;
import io.wafleet.gateway.view.Fleet;
import io.wafleet.health.Health;
import io.wafleet.health.PortBusyException;
import io.wafleet.identity.AccountIds;
import io.wafleet.identity.PhoneNumbers;
import io.wafleet.media.MediaStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The HTTP side of the gateway, wired: contract, endpoints, routes, server. */
public final class HttpFront {
    private static final int WORKER_THREADS = 8;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final GatewayServer server;

    private HttpFront(Vertx vertx, GatewayServer server) {
        this.vertx = vertx;
        this.server = server;
    }

    /**
     * What the endpoints work with.
     *
     * @param isCaughtUp whether the views show the truth
     * @param isHistoryRead whether older messages are known too
     * @param media where the bytes of media that arrived are; empty: nowhere
     * @param conversations what people read; whoever gave it closes it
     * @param readWait how long that may take
     */
    public record Parts(Fleet fleet, AccountDesk accounts, MessageDesk messages, OutboxDesk outbox,
            MessageDesk.Statuses statuses,
            BooleanSupplier isCaughtUp, BooleanSupplier isHistoryRead, PhoneNumbers phones, AccountIds ids,
            Clocks clocks, MeterRegistry metrics, Health health, String version, Optional<MediaStore> media,
            ConversationReads conversations, Duration readWait) {}

    /**
     * Listens once it returns.
     *
     * @throws PortBusyException when the port is taken
     */
    public static HttpFront start(String host, int port, HttpLimits limits, Parts parts) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setWorkerPoolSize(WORKER_THREADS));
        try {
            OpenAPIContract contract = await(Contract.load(vertx));
            Routes routes = new Routes(vertx, contract, endpoints(vertx, contract, parts), limits, parts.isCaughtUp,
                    parts.metrics);
            return new HttpFront(vertx, GatewayServer.start(vertx, host, port, limits, routes));
        } catch (RuntimeException e) {
            vertx.close();
            throw e;
        }
    }

    private static Map<String, Endpoint> endpoints(Vertx vertx, OpenAPIContract contract, Parts p) {
        EventLoop loop = new EventLoop(vertx);
        QrCodes codes = new QrCodes();
        Map<String, Endpoint> endpoints = new HashMap<>();
        endpoints.putAll(
                new AccountEndpoints(loop, p.fleet, p.accounts, p.phones, p.ids, codes, p.clocks).endpoints());
        endpoints.putAll(new OrderEndpoints(loop, p.fleet, p.accounts, codes, p.clocks).endpoints());
        endpoints.putAll(new ReconnectAllEndpoint(loop, p.fleet, p.accounts, p.clocks).endpoints());
        endpoints.putAll(new MediaEndpoint(loop, p.media).endpoints());
        endpoints.putAll(new QrEndpoints(loop, p.fleet, codes, p.clocks).endpoints());
        Recipients recipients = new Recipients(p.phones::parse);
        MessageEndpoints messages = new MessageEndpoints(loop, p.fleet, p.messages, p.statuses, p.isHistoryRead,
                recipients, new ContentReader(recipients, p.phones::parse), p.clocks);
        endpoints.putAll(messages.endpoints());
        endpoints.putAll(new BulkEndpoints(loop, messages, p.messages, ItemRules.of(contract), p.metrics).endpoints());
        endpoints.putAll(
                new QueuedMessageEndpoints(loop, p.outbox, p.statuses, p.isHistoryRead).endpoints());
        endpoints.putAll(new MessageListEndpoints(p.fleet, p.isHistoryRead, p.clocks).endpoints());
        endpoints.putAll(new PacingEndpoints(loop, p.fleet, p.outbox).endpoints());
        StoreReader store = new StoreReader(vertx, p.conversations, p.readWait);
        ThreadNames names = new ThreadNames(recipients);
        endpoints.putAll(new ConversationEndpoints(store, names, a -> p.fleet.accounts().find(a).isPresent(),
                p.isCaughtUp).endpoints());
        endpoints.putAll(new ConversationOverview(store, names).endpoints());
        endpoints.putAll(
                new FleetEndpoints(p.fleet, p.isCaughtUp, store::state, p.clocks, p.version).endpoints());
        endpoints.putAll(
                new OperationEndpoints(loop, p.health, p.metrics, Contract.document()).endpoints());
        return endpoints;
    }

    public int port() {
        return server.port();
    }

    /** Accepts nothing new, lets what is under way end within the bound, then ends. */
    public void close(Duration grace) {
        server.close(grace);
        vertx.close().toCompletionStage().toCompletableFuture()
                .completeOnTimeout(null, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
