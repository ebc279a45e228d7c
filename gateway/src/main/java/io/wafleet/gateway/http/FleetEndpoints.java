package io.wafleet.gateway.http;

import io.vertx.ext.web.RoutingContext;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.WorkerHeartbeat;
import io.wafleet.gateway.desk.Clocks;
import io.wafleet.gateway.view.AccountStanding;
import io.wafleet.gateway.view.Fleet;
import io.wafleet.gateway.view.Orphan;
import io.wafleet.gateway.view.OwnershipView.SeenWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The fleet in figures: who holds what, and what nobody holds. */
final class FleetEndpoints {
    private static final int WAITING_SHOWN = 100;

    private final Fleet fleet;
    private final BooleanSupplier isCaughtUp;
    private final Supplier<String> conversations;
    private final Clocks clocks;
    private final String version;
    private final Instant startedAt;

    /**
     * @param conversations how the conversation store does; told, but the gateway's health does not depend on it
     */
    FleetEndpoints(Fleet fleet, BooleanSupplier isCaughtUp, Supplier<String> conversations, Clocks clocks,
            String version) {
        this.fleet = fleet;
        this.isCaughtUp = isCaughtUp;
        this.conversations = conversations;
        this.clocks = clocks;
        this.version = version;
        this.startedAt = clocks.now();
    }

    Map<String, Endpoint> endpoints() {
        return Map.of("fleet", Endpoint.now(this::fleet), "health", Endpoint.now(this::health), "landingPage",
                Endpoint.now(this::landingPage));
    }

    private List<AccountStanding> accounts() {
        return fleet.listed(clocks.now(), clocks.nanos());
    }

    private Answer landingPage(RoutingContext context) {
        String host = context.request().getHeader("Host");
        return Answer.page(AccountsPage.of(accounts(), fleet.withoutOwner(clocks.nanos()),
                fleet.partitions().count(), host == null ? "localhost" : host));
    }

    private Answer fleet(RoutingContext context) {
        List<AccountStanding> accounts = accounts();
        List<Orphan> orphans = fleet.orphans(clocks.now(), clocks.nanos());
        List<String> waiting = accounts.stream().filter(AccountStanding::waitsForOwner)
                .map(s -> s.record().account().value()).toList();
        return Answer.success("workers", fleet.ownership().workers(clocks.nanos()).stream().map(FleetEndpoints::worker)
                .toList(), "partitions",
                Answer.fields("total", fleet.partitions().count(), "withoutOwner",
                        orphans.stream().map(FleetEndpoints::orphan).toList()),
                "accounts",
                Answer.fields("total", accounts.size(), "connected", count(accounts, AccountStatus.CONNECTED),
                        "waitingForOwner", waiting.size(), "waiting",
                        waiting.stream().limit(WAITING_SHOWN).toList()),
                "messages",
                Answer.fields("waitingForOwner", orphans.stream().mapToInt(Orphan::messages).sum(),
                        "dispatchedWithoutOwner", orphans.stream().mapToInt(Orphan::dispatched).sum(), "allCounted",
                        fleet.unsent().isComplete()));
    }

    private static Map<String, @Nullable Object> orphan(Orphan orphan) {
        return Answer.fields("partition", orphan.partition(), "since", orphan.since(), "accounts", orphan.accounts(),
                "messages", orphan.messages(), "dispatched", orphan.dispatched());
    }

    private static Map<String, @Nullable Object> worker(SeenWorker seen) {
        WorkerHeartbeat heartbeat = seen.heartbeat();
        List<Map<String, @Nullable Object>> partitions = heartbeat.partitions().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> Answer.fields("partition", e.getKey(), "epoch", e.getValue().value())).toList();
        return Answer.fields("worker", heartbeat.worker().value(), "alive", seen.alive(), "version",
                heartbeat.version(), "startedAt", heartbeat.startedAt(), "partitions", partitions, "accounts",
                heartbeat.accounts(), "connected", heartbeat.connected(), "heartbeatAgeMs",
                seen.ageNanos().isPresent() ? Duration.ofNanos(seen.ageNanos().getAsLong()).toMillis() : null);
    }

    private Answer health(RoutingContext context) {
        List<AccountStanding> accounts = accounts();
        int withoutOwner = fleet.withoutOwner(clocks.nanos());
        boolean ready = isCaughtUp.getAsBoolean();
        String status = !ready ? "starting" : withoutOwner > 0 ? "degraded" : "ok";
        Map<String, @Nullable Object> body = Answer.fields("ok", ready, "status", status, "service", "wafleet gateway",
                "version", version, "uptime", Duration.between(startedAt, clocks.now()).toSeconds(), "timestamp",
                clocks.now(), "accounts_total", accounts.size(), "connected",
                count(accounts, AccountStatus.CONNECTED), "needs_qr", count(accounts, AccountStatus.NEEDS_QR),
                "partitions", Answer.fields("total", fleet.partitions().count(), "withoutOwner", withoutOwner),
                "conversations", conversations.get());
        return Answer.json(ready ? 200 : 503, body);
    }

    private static long count(List<AccountStanding> accounts, AccountStatus status) {
        return accounts.stream().filter(s -> s.status() == status).count();
    }
}
