package io.wafleet.cli.load;

import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.fleet.ProcessFleet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Clients that send in bulk, as fast as they are answered, each message under an idempotency key of its own, and wait while more than the backlog allowed are
 * accepted and not yet sent. Thread-safe.
 */
final class Clients {
    private static final int CLIENTS = 32;
    private static final int AT_ONCE = 50;
    private static final long PAUSE_NANOS = 1_000_000;

    private final ProcessFleet fleet;
    private final Http http;
    private final Addressees addressees;
    private final StatusTrail statuses;
    private final int backlog;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger acceptedCount = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong backlogMax = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    /**
     * @param statuses of messages of these clients only
     */
    Clients(ProcessFleet fleet, Http http, Addressees addressees, StatusTrail statuses, int backlog) {
        this.fleet = fleet;
        this.http = http;
        this.addressees = addressees;
        this.statuses = statuses;
        this.backlog = backlog;
    }

    void start() {
        for (int i = 0; i < CLIENTS; i++) {
            threads.add(Thread.startVirtualThread(this::send));
        }
    }

    private void send() {
        while (!over) {
            long waiting = (long) acceptedCount.get() - statuses.count();
            backlogMax.accumulateAndGet(waiting, Math::max);
            if (waiting >= backlog - CLIENTS * AT_ONCE) {
                LockSupport.parkNanos(PAUSE_NANOS);
                continue;
            }
            sendMany(numbers.getAndAdd(AT_ONCE));
        }
    }

    private void sendMany(int first) {
        String messages = IntStream.range(first, first + AT_ONCE)
                .mapToObj(i -> addressees.request(i, "bench-" + i)).collect(Collectors.joining(","));
        Http.Answer answer = http.post(fleet.gateway("/api/whatsapp/send-messages"),
                "{\"messages\":[" + messages + "]}");
        if (answer.status() != 200) {
            refused.addAndGet(AT_ONCE);
            return;
        }
        for (JsonNode result : answer.json().path("results")) {
            if (result.path("success").asBoolean()) {
                accepted.add(result.path("messageId").asString());
                acceptedCount.incrementAndGet();
            } else {
                refused.incrementAndGet();
            }
        }
    }

    /** Lets each client get its last answer. */
    void stop() {
        over = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The ids of all messages accepted so far. */
    Set<String> accepted() {
        return accepted;
    }

    int acceptedCount() {
        return acceptedCount.get();
    }

    long refused() {
        return refused.get();
    }

    /** The most messages that were accepted and not yet sent at a time. */
    long backlogMax() {
        return backlogMax.get();
    }
}
