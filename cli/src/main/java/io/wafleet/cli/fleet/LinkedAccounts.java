package io.wafleet.cli.fleet;

import io.wafleet.contract.AccountId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;

/**
 * Accounts of a fleet, linked as people would link them: added over HTTP, their QR scanned with the simulated phone.
 */
public final class LinkedAccounts {
    private static final int AT_ONCE = 4;

    private final ProcessFleet fleet;
    private final Http http;
    private final List<Account> all;

    /**
     * An account.
     *
     * @param phone its digits, without a plus
     */
    public record Account(AccountId id, String phone) {}

    private LinkedAccounts(ProcessFleet fleet, Http http, List<Account> all) {
        this.fleet = fleet;
        this.http = http;
        this.all = List.copyOf(all);
    }

    /** Links so many accounts, and waits until all are connected. */
    public static LinkedAccounts link(ProcessFleet fleet, Http http, int count) {
        List<Account> linked = new ArrayList<>();
        try (ExecutorService people = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<Account>> linking = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String phone = "407123%05d".formatted(i);
                linking.add(people.submit(() -> link(fleet, http, phone)));
            }
            try {
                for (Future<Account> one : linking) {
                    linked.add(one.get());
                }
            } finally {
                // Where one fails the fleet is gone, and each of the others would wait for it.
                people.shutdownNow();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new FleetException("interrupted");
        }
        LinkedAccounts accounts = new LinkedAccounts(fleet, http, linked);
        accounts.awaitLinked();
        return accounts;
    }

    /** A pairing whose owner changed in the middle begins anew, as it would for people: they scan again. */
    private void awaitLinked() {
        Map<String, Account> byId = new HashMap<>();
        all.forEach(a -> byId.put(a.id().value(), a));
        fleet.await("all accounts are linked", () -> {
            statusById().forEach((id, status) -> {
                Account account = byId.get(id);
                if (account != null && status.equals("qr_ready")) {
                    scan(fleet, http, account);
                } else if (account != null && status.equals("needs_qr")) {
                    http.post(fleet.gateway("/api/whatsapp/regenerate-qr/" + id), "{}");
                }
            });
            return areConnected();
        }, this::standing);
    }

    private String standing() {
        return "(" + loggedIn() + " of " + all.size() + " logged in, statuses " + statuses() + ")";
    }

    private boolean areConnected() {
        return loggedIn() == all.size() && connected() == all.size();
    }

    private static Account link(ProcessFleet fleet, Http http, String phone) {
        JsonNode added = added(fleet, http, "{\"name\":\"Account %s\",\"phone\":\"+%s\"}"
                .formatted(phone.substring(phone.length() - 5), phone));
        AccountId id = new AccountId(added.path("account").path("id").asString());
        Account account = new Account(id, phone);
        fleet.await("the QR of an account can be scanned", () -> scan(fleet, http, account));
        return account;
    }

    private static boolean scan(ProcessFleet fleet, Http http, Account account) {
        return http.post(fleet.simulator("/api/phones/" + account.phone() + "/scan"),
                "{\"account\":\"" + account.id().value() + "\"}").status() == 200;
    }

    /** Asks again while the fleet says that it cannot now: a machine may be slow to start so many processes. */
    private static JsonNode added(ProcessFleet fleet, Http http, String account) {
        AtomicReference<Http.Answer> last = new AtomicReference<>();
        fleet.await("an account is added", () -> {
            last.set(http.post(fleet.gateway("/api/whatsapp/add-account"), account));
            return last.get().status() < 500 && last.get().status() != 0;
        });
        return last.get().ok();
    }

    public List<Account> all() {
        return all;
    }

    /** Until the simulated WhatsApp has all of them logged in, and the gateway calls them connected. */
    public void awaitConnected() {
        fleet.await("all accounts are connected", this::areConnected, this::standing);
    }

    /** How many the simulated WhatsApp has logged in. */
    public long loggedIn() {
        Http.Answer answer = http.get(fleet.simulator("/api/ledger/summary"));
        return answer.status() == 200 ? answer.json().path("loggedInNow").asLong() : 0;
    }

    /** How many the gateway calls connected. */
    public long connected() {
        return statuses().getOrDefault("connected", 0);
    }

    /** How many the gateway says are in each status; empty when it does not answer. */
    public Map<String, Integer> statuses() {
        Map<String, Integer> statuses = new TreeMap<>();
        statusById().values().forEach(status -> statuses.merge(status, 1, Integer::sum));
        return statuses;
    }

    private Map<String, String> statusById() {
        Map<String, String> statuses = new HashMap<>();
        Http.Answer answer = http.get(fleet.gateway("/api/whatsapp/accounts"));
        if (answer.status() == 200) {
            answer.json().path("accounts")
                    .forEach(a -> statuses.put(a.path("id").asString(""), a.path("status").asString("")));
        }
        return statuses;
    }

    /** The ids of the messages that the simulated WhatsApp showed to the recipient, in order. */
    public List<String> shown(String phone, String to) {
        List<String> ids = new ArrayList<>();
        long since = 0;
        JsonNode page;
        do {
            page = http.get(fleet.simulator("/api/ledger/messages?limit=1000&since=" + since + "&phone=" + phone
                    + "&chat=" + to + "@s.whatsapp.net")).ok();
            page.path("items").forEach(m -> {
                if (m.path("shown").asBoolean(false)) {
                    ids.add(m.path("id").asString());
                }
            });
            since = page.path("next").asLong();
        } while (page.path("more").asBoolean(false));
        return ids;
    }
}
