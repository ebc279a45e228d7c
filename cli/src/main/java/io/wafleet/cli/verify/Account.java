package io.wafleet.cli.verify;

import io.wafleet.cli.fleet.Http;
import io.wafleet.contract.AccountId;
import io.wafleet.identity.AccountIds;
import io.wafleet.identity.PhoneNumbers;
import io.wafleet.settings.IdentitySettings;
import io.wafleet.simulator.ledger.LedgerConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An account of a scene: what people do with it and its phone, what WhatsApp does to it, and what is to be seen of it.
 *
 * <p>Whatever is done to it sets a mark; what is waited for must have been seen since. One thread, that of its scene.
 */
public final class Account {
    private static final int OK = 200;
    private static final String CONNECTED = "connected";

    private final Scene scene;
    private final char name;
    private final String phone;
    private AccountId id;
    private volatile boolean isAdded;
    private int markedHistory;
    private long markedConnection;

    Account(Scene scene, char name, String phone) {
        this.scene = scene;
        this.name = name;
        this.phone = phone;
        this.id = new AccountIds(IdentitySettings.NAMESPACE.defaultText()).of(
                new PhoneNumbers(IdentitySettings.REGION.defaultText()).parse("+" + phone).orElseThrow());
        follow(id);
    }

    /** The account turns out to have another id than the one that its phone gives: one of an older release. */
    public void follow(AccountId other) {
        id = other;
        scene.stage().watch().follow(id.value());
    }

    public AccountId id() {
        return id;
    }

    /** Digits without plus. */
    public String phone() {
        return phone;
    }

    @Override
    public String toString() {
        return "account " + name;
    }

    // What people do

    /** Adds it with the phone written like this, as it is answered. */
    public Http.Answer addAs(String notation) {
        mark();
        isAdded = true;
        return scene.post("/api/whatsapp/add-account",
                "{\"name\":\"Verify %s\",\"phone\":\"%s\"}".formatted(name, notation));
    }

    /** Adds it. */
    public void add() {
        Http.Answer answer = addAs("+" + phone);
        scene.expect(this + " is added under the id of its phone",
                answer.status() == OK
                        && answer.json().path("account").path("id").asString("").equals(id.value()),
                answer.status() == OK ? id : answer);
    }

    /** Scans its QR with its phone, as soon as one can be scanned. */
    public void scan() {
        scanWith(phone);
    }

    /** Scans its QR with this phone, as soon as one can be scanned. */
    public void scanWith(String other) {
        mark();
        AtomicReference<Http.Answer> last = new AtomicReference<>();
        scene.await(this + " shows a QR that can be scanned", scene.timers().session().connectTimeout(), () -> {
            last.set(simulated("/api/phones/" + other + "/scan", "{\"account\":\"" + id + "\"}"));
            return last.get().status() == OK;
        }, () -> standing() + "; the phone says: " + last.get().body());
        scene.note(this + ": its QR is scanned with " + (other.equals(phone) ? "its phone" : "another phone"));
    }

    /** Types a pairing code on its phone. */
    public void type(String code) {
        mark();
        scene.note(this + ": the pairing code is typed on its phone");
        simulated("/api/phones/" + phone + "/pairing-code", "{\"code\":\"" + code + "\"}").ok();
    }

    /**
     * Scans its QR until it is connected: a pairing that a slow machine interrupts begins anew, and people then scan again. Who wants to know
     * whether one scan is enough does it by {@link #scan()}.
     */
    public void link() {
        scan();
        scene.await(this + " is connected anew", scene.timers().session().connectTimeout(), () -> {
            if (standing().is("qr_ready", null)) {
                simulated("/api/phones/" + phone + "/scan", "{\"account\":\"" + id + "\"}");
            }
            return isConnectedAnew();
        }, this::standing);
    }

    /** Asks for a QR, as it is answered. */
    public Http.Answer regenerate() {
        return order("regenerate-qr");
    }

    /** An order such as {@code reconnect}, as it is answered. */
    public Http.Answer order(String what) {
        mark();
        Http.Answer answer = scene.post("/api/whatsapp/" + what + "/" + id, "{}");
        scene.note(this + ": " + what + " is answered " + answer.status());
        return answer;
    }

    /** Deletes it, as it is answered. */
    public Http.Answer delete() {
        mark();
        Http.Answer answer = scene.stage().http().delete(scene.stage().gateway() + "/api/whatsapp/accounts/" + id);
        scene.note(this + ": its deletion is answered " + answer.status());
        return answer;
    }

    /** Sends a message, as it is answered. */
    public Http.Answer send(String to, String text, String... headers) {
        return scene.post("/api/whatsapp/send-message",
                "{\"accountId\":\"%s\",\"to\":\"+%s\",\"message\":\"%s\"}".formatted(id, to, text), headers);
    }

    /** Somebody else writes to it. */
    public void hears(String from, String text) {
        simulated("/api/phones/" + from + "/messages", "{\"to\":\"%s\",\"text\":\"%s\"}".formatted(phone, text)).ok();
    }

    /** A person removes it in the phone's list of linked devices: WhatsApp closes with 401, and lets it in no more. */
    public void unlinkOnPhone() {
        mark();
        scene.note(this + ": removed on the phone");
        scene.stage().http().delete(simulator() + "/api/phones/" + phone + "/devices").ok();
    }

    /** Quietly takes it out of the fleet at the end, as far as that works. */
    void remove() {
        if (isAdded) {
            scene.stage().http().delete(scene.stage().gateway() + "/api/whatsapp/accounts/" + id);
        }
    }

    // What WhatsApp does

    /** Closes its connection with this code. */
    public void closeWith(int code) {
        strike("{\"kind\":\"close\",\"code\":%d,\"of\":[\"%s\"]}".formatted(code, id), "closes with " + code);
    }

    /** Cuts its connection without a word. */
    public void cut() {
        strike("{\"kind\":\"drop\",\"of\":[\"%s\"]}".formatted(id), "cuts the connection");
    }

    /** Answers nothing any more on its connection, and keeps it open. */
    public void goDeaf() {
        strike("{\"kind\":\"deaf\",\"of\":[\"%s\"]}".formatted(id), "goes deaf");
    }

    /** Refuses its next logins with this code. */
    public void refuseLogins(int code, int times) {
        scene.note(this + ": WhatsApp will refuse " + times + " logins with " + code);
        simulated("/api/faults", "{\"kind\":\"refuse-logins\",\"code\":%d,\"next\":%d,\"of\":[\"%s\"]}".formatted(code,
                times, id)).ok();
    }

    private void strike(String fault, String what) {
        mark();
        scene.note(this + ": WhatsApp " + what);
        JsonNode struck = simulated("/api/faults", fault).ok().path("struck");
        scene.expectEqual("the number of connections struck", 1, struck.asInt());
    }

    // What is to be seen

    /** What was seen last. */
    public Standing standing() {
        return history().getLast().standing();
    }

    /** All that was seen of it, until the last look. */
    List<Watch.Seen> known() {
        return scene.stage().watch().known(id.value());
    }

    private List<Watch.Seen> history() {
        return scene.stage().watch().history(id.value());
    }

    /** What was seen since the mark, the oldest first. */
    public List<Standing> since() {
        return history().stream().skip(markedHistory).map(Watch.Seen::standing).toList();
    }

    /** From now on only what is new counts. */
    public void mark() {
        markedHistory = history().size();
        markedConnection = simulatorIsThere()
                ? connections().stream().mapToLong(LedgerConnection::number).max().orElse(0)
                : 0;
    }

    private boolean simulatorIsThere() {
        return scene.stage().simulator() != null;
    }

    /** Waits until this status was seen since the mark. */
    public Standing await(String status, @Nullable String reason, Duration timer) {
        return await(status + (reason == null ? "" : " (" + reason + ")"), timer, s -> s.is(status, reason));
    }

    /** Waits until this was seen since the mark. */
    public Standing await(String what, Duration timer, Predicate<Standing> wanted) {
        scene.await(this + " is " + what, timer, () -> since().stream().anyMatch(wanted), this::standing);
        return since().stream().filter(wanted).findFirst().orElseThrow();
    }

    /** Waits until it is logged in by a connection made since the mark, and said to be connected without a QR to scan. */
    public void awaitConnected() {
        awaitConnected(scene.timers().session().connectTimeout());
    }

    /** The same, when a timer stands before it. */
    public void awaitConnected(Duration timer) {
        scene.await(this + " is connected anew", timer,
                this::isConnectedAnew, () -> standing() + "; connects since: " + newConnections().size());
    }

    private boolean isConnectedAnew() {
        return standing().is(CONNECTED, null) && !standing().requiresQr()
                && newConnections().stream().anyMatch(Ledger::isLive);
    }

    /** Whether WhatsApp has it logged in now. */
    public boolean isLoggedIn() {
        return connections().stream().anyMatch(Ledger::isLive);
    }

    /** Whether it has one connection at WhatsApp, and no second socket. */
    public boolean hasOneConnection() {
        return isLoggedIn() && connections().stream().filter(c -> c.goneAt() == null).count() == 1;
    }

    /** The longest time since the mark in which WhatsApp did not have it logged in. */
    public Duration longestGap() {
        return Ledger.longestGap(connections(), markedConnection);
    }

    /** All its connections, as the simulated WhatsApp wrote them down. */
    public List<LedgerConnection> connections() {
        return scene.ledger().connections(id.value());
    }

    /** Those made since the mark. */
    public List<LedgerConnection> newConnections() {
        return connections().stream().filter(c -> c.number() > markedConnection).toList();
    }

    /** Lets ten of the longest backoffs go by. */
    public void expectNoConnects(String why) {
        expectNoConnects(scene.timers().tenBackoffs(), why);
    }

    /** Expects not one connect since the mark, nor in the time that goes by now. */
    public void expectNoConnects(Duration time, String why) {
        scene.pass(time, why);
        scene.expectEqual("the number of connects of " + this + " in the ledger since", 0, newConnections().size());
    }

    /**
     * Expects not one connect since its status began, nor in ten of the longest backoffs that go by now; but for those that only log another
     * phone out.
     */
    public void expectNoConnectsUnderThisStatus() {
        Instant begun = Objects.requireNonNull(standing().since());
        scene.pass(scene.timers().tenBackoffs(), "ten of the longest backoffs");
        scene.expectEqual("the number of connects of " + this + " in the ledger since its status began", 0L,
                connections().stream().filter(c -> c.openedAt().isAfter(begun) && isItsOwn(c)).count());
    }

    private boolean isItsOwn(LedgerConnection connection) {
        return connection.phone() == null || connection.phone().digits().equals(phone);
    }

    /** Expects the journal to hold what it logs in with, where the journal may be read. */
    public void expectCredentials() {
        if (scene.isOwnFleet()) {
            long parts = scene.crew().topics().credentials(id);
            scene.expect("the journal holds credentials of " + this, parts > 0, parts + " parts");
        }
    }

    /** Expects it to wait for a person with the phone, listed and without credentials. */
    public void expectNeedsQr(String reason, @Nullable Integer code) {
        Standing now = standing();
        scene.expect(this + " is listed, needs_qr (" + reason + "), requiresQR",
                now.is("needs_qr", reason) && now.requiresQr() && Objects.equals(code, now.closeCode()), now);
        if (scene.isOwnFleet()) {
            long parts = scene.crew().topics().credentials(id);
            scene.expect("the journal holds no credentials of it", parts == 0, parts + " parts");
        }
    }

    /** The QR's text; null when none stands. */
    public @Nullable String qr() {
        String text = scene.get("/api/whatsapp/qr/" + id, "Accept", "application/json").ok().path("qr").asString("");
        return text.isEmpty() ? null : text;
    }

    /** How many messages from its phone to this chat were shown there. */
    public long shownTo(String to) {
        return scene.ledger().shown(phone, to);
    }

    private Http.Answer simulated(String path, String json) {
        return scene.stage().http().post(simulator() + path, json);
    }

    private String simulator() {
        return Objects.requireNonNull(scene.stage().simulator(), "needs the simulator");
    }
}
