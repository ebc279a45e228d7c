package io.wafleet.cli.verify;

import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.fleet.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Looks at the gateway's list of accounts all the time, and writes down what changes. While the gateway does not answer, nothing is
 * known and nothing is written. Looks on a thread of its own; thread-safe.
 */
final class Watch implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(40);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);

    private final Http http;
    private final String url;
    private final Map<String, List<Seen>> histories = new HashMap<>();
    private final Thread thread;
    /** When the last look that was answered began. */
    private volatile long looked = System.nanoTime();

    /** A standing, and when it was first seen, by {@link System#nanoTime()}. */
    record Seen(long nanos, Standing standing) {}

    Watch(Http http, String url) {
        this.http = http;
        this.url = url;
        this.thread = Thread.ofPlatform().daemon().name("verify-watch").start(this::look);
    }

    /** Writes down what becomes of the account from now on. */
    synchronized void follow(String account) {
        histories.computeIfAbsent(account, _ -> new ArrayList<>(List.of(new Seen(System.nanoTime(), Standing.NONE))));
    }

    /**
     * All that was seen of it, the oldest first, the last of it by a look that began after this call, unless the gateway does not answer;
     * never empty for one that is followed.
     */
    List<Seen> history(String account) {
        long asked = System.nanoTime();
        boolean _ = Patience.within(ANSWERS_WITHIN, () -> looked - asked > 0);
        return known(account);
    }

    /** All that was seen of it until now, the oldest first. */
    synchronized List<Seen> known(String account) {
        return List.copyOf(histories.getOrDefault(account, List.of()));
    }

    private void look() {
        while (!Thread.currentThread().isInterrupted()) {
            long begun = System.nanoTime();
            Http.Answer answer = http.get(url);
            if (answer.status() == 200) {
                take(answer.json().path("accounts"), begun);
                looked = begun;
            }
            // A long list must not keep the gateway busy with nothing else.
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            Patience.pass(took.compareTo(PERIOD) < 0 ? PERIOD : took);
        }
    }

    private synchronized void take(JsonNode accounts, long asked) {
        Map<String, Standing> now = new HashMap<>();
        accounts.forEach(account -> now.put(account.path("id").asString(""), Standing.of(account)));
        histories.forEach((account, history) -> {
            Seen last = history.getLast();
            Standing standing = now.getOrDefault(account, Standing.NONE);
            // An answer that was asked for before the account was followed tells nothing of it.
            if (asked >= history.getFirst().nanos() && !standing.equals(last.standing())) {
                history.add(new Seen(System.nanoTime(), standing));
            }
        });
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
