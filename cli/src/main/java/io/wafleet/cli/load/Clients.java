package io.wafleet.cli.load;

import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.fleet.ProcessFleet;
import java.time.Duration;
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
    private static final int CLIENTS = 64;
    private static final int AT_ONCE = 50;
    /** A fleet that has just started on a slow machine may be behind for minutes. */
    private static final long GIVEN_UP_AFTER_NANOS = Duration.ofMinutes(5).toNanos();
    private static final long PAUSE_NANOS = 1_000_000;
    private static final long BEFORE_REPEAT_NANOS = 200_000_000;
    private static final int MAX_DOUBLINGS = 4;

    private final ProcessFleet fleet;
    private final Http http;
    private final Addressees addressees;
    private final StatusTrail statuses;
    private final int backlog;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger acceptedCount = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
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

    /** Repeats what was not accepted under its key, as a good client does: it may have been accepted all the same. */
    private void sendMany(int first) {
        List<Integer> open = new ArrayList<>(IntStream.range(first, first + AT_ONCE).boxed().toList());
        long begun = System.nanoTime();
        for (int tries = 0; !open.isEmpty() && System.nanoTime() - begun < GIVEN_UP_AFTER_NANOS; tries++) {
            if (tries > 0) {
                repeated.addAndGet(open.size());
                LockSupport.parkNanos(BEFORE_REPEAT_NANOS << Math.min(tries - 1, MAX_DOUBLINGS));
            }
            open.removeAll(accepted(open));
        }
        refused.addAndGet(open.size());
    }

    private List<Integer> accepted(List<Integer> asked) {
        String messages = asked.stream().map(i -> addressees.request(i, "bench-" + i))
                .collect(Collectors.joining(","));
        Http.Answer answer = http.post(fleet.gateway("/api/whatsapp/send-messages"),
                "{\"messages\":[" + messages + "]}");
        List<Integer> done = new ArrayList<>();
        if (answer.status() == 200) {
            for (JsonNode result : answer.json().path("results")) {
                if (result.path("success").asBoolean()) {
                    accepted.add(result.path("messageId").asString());
                    acceptedCount.incrementAndGet();
                    done.add(asked.get(result.path("index").asInt()));
                }
            }
        }
        return done;
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

    /** How many had to be asked for again. */
    long repeated() {
        return repeated.get();
    }

    /** How many were given up. */
    long refused() {
        return refused.get();
    }

    /** The most messages that were accepted and not yet sent at a time. */
    long backlogMax() {
        return backlogMax.get();
    }
}
