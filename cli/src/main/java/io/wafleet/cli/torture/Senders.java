package io.wafleet.cli.torture;

import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.fleet.LinkedAccounts.Account;
import io.wafleet.cli.fleet.Patience;
import io.wafleet.cli.fleet.ProcessFleet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.core.JacksonException;

/**
 * Clients that write from account to account, and strangers that write to accounts, until told to stop. A client repeats a message
 * under its key until it is accepted, as a good one does; each chat has one client, which waits for the answer, so its order is known.
 */
final class Senders {
    private static final int CLIENTS = 4;
    private static final int CHATS_PER_CLIENT = 20;
    private static final Duration PAUSE = Duration.ofMillis(40);
    private static final Duration BEFORE_REPEAT = Duration.ofMillis(150);
    private static final Duration INBOUND_EVERY = Duration.ofMillis(200);

    private final ProcessFleet fleet;
    private final Http http;
    private final List<Account> accounts;
    private final Map<ChatName, List<String>> accepted = new LinkedHashMap<>();
    private final ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();
    private final ConcurrentSkipListMap<String, Long> repeats = new ConcurrentSkipListMap<>();
    private final AtomicLong count = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    /**
     * A chat between two accounts.
     *
     * @param from the sender's phone, digits only
     * @param to the recipient's, likewise
     */
    record ChatName(String from, String to) {}

    private record ClientChat(Account from, Account to, List<String> accepted) {}

    Senders(ProcessFleet fleet, Http http, List<Account> accounts, long seed) {
        this.fleet = fleet;
        this.http = http;
        this.accounts = accounts;
        Random random = new Random(seed);
        for (int client = 0; client < CLIENTS; client++) {
            List<ClientChat> chats = chats(random);
            String name = "client-" + client;
            threads.add(Thread.ofPlatform().name(name).daemon().unstarted(() -> send(name, chats)));
        }
        threads.add(Thread.ofPlatform().name("strangers").daemon().unstarted(() -> write(new Random(seed))));
    }

    private List<ClientChat> chats(Random random) {
        List<ClientChat> chats = new ArrayList<>();
        while (chats.size() < CHATS_PER_CLIENT && accepted.size() < accounts.size() * (accounts.size() - 1)) {
            Account from = accounts.get(random.nextInt(accounts.size()));
            Account to = accounts.get(random.nextInt(accounts.size()));
            ChatName name = new ChatName(from.phone(), to.phone());
            if (!from.equals(to) && !accepted.containsKey(name)) {
                List<String> ids = new CopyOnWriteArrayList<>();
                accepted.put(name, ids);
                chats.add(new ClientChat(from, to, ids));
            }
        }
        return chats;
    }

    void start() {
        threads.forEach(Thread::start);
    }

    /** Lets each client get its last message accepted. */
    void stop() {
        over = true;
        for (Thread thread : threads) {
            try {
                if (!thread.join(ProcessFleet.PATIENCE)) {
                    refused.add(thread.getName() + " still waits for an answer");
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void send(String client, List<ClientChat> chats) {
        for (int i = 0; !over && !chats.isEmpty(); i++) {
            ClientChat chat = chats.get(i % chats.size());
            String key = client + "-" + i;
            String body = "{\"accountId\":\"%s\",\"to\":\"+%s\",\"message\":\"%s\"}".formatted(chat.from().id().value(),
                    chat.to().phone(), key);
            Http.Answer answer = untilAnswered(body, key);
            if (answer.status() == 202 || answer.status() == 200) {
                chat.accepted().add(answer.json().path("messageId").asString());
                count.incrementAndGet();
            } else {
                refused.add(key + ": " + answer.status() + " " + answer.body());
            }
            Patience.pass(PAUSE);
        }
    }

    private Http.Answer untilAnswered(String body, String key) {
        while (true) {
            Http.Answer answer = http.post(fleet.gateway("/api/whatsapp/send-message"), body, "Prefer",
                    "respond-async", "Idempotency-Key", key);
            if ((answer.status() != 0 && answer.status() < 500) || Thread.currentThread().isInterrupted()) {
                return answer;
            }
            repeats.merge(reason(answer), 1L, Long::sum);
            Patience.pass(BEFORE_REPEAT);
        }
    }

    private static String reason(Http.Answer answer) {
        if (answer.status() == 0) {
            return "no answer";
        }
        try {
            return answer.status() + " " + answer.json().path("code").asString(answer.json().path("mode").asString(""));
        } catch (JacksonException _) {
            return Integer.toString(answer.status());
        }
    }

    private void write(Random random) {
        for (int i = 0; !over; i++) {
            Account to = accounts.get(random.nextInt(accounts.size()));
            http.post(fleet.simulator("/api/phones/40787%06d/messages".formatted(random.nextInt(100))),
                    "{\"to\":\"%s\",\"text\":\"inbound %d\"}".formatted(to.phone(), i));
            Patience.pass(INBOUND_EVERY);
        }
    }

    /** The ids accepted, in order, of each chat; complete once stopped. */
    Map<ChatName, List<String>> accepted() {
        return accepted;
    }

    /** Answers that no client should get. */
    List<String> refused() {
        return List.copyOf(refused);
    }

    long count() {
        return count.get();
    }

    /** How many requests had to be made again, by the answer that they got. */
    SortedMap<String, Long> repeats() {
        return new TreeMap<>(repeats);
    }
}
