package io.wafleet.worker;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.Event;
import io.wafleet.contract.InboundContent;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MediaKey;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageRef;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What people write becomes facts, whatever it is and however often it comes; the bytes of media follow behind. */
@ExtendWith(BrokerExtension.class)
final class InboundIT {
    private static final String PHONE = "+40712345678";
    private static final String FRIEND = "40722000111";
    private static final Chat FRIENDS_CHAT = new Chat(FRIEND + "@s.whatsapp.net");
    private static final String GROUP = "120363000000000000@g.us";

    @TempDir
    private Path folder;
    private TestFleet fleet;
    private AccountId account;

    @BeforeEach
    void startsFleet(TestBroker broker) {
        fleet = new TestFleet(broker.freshSettings(2));
    }

    @AfterEach
    void stopsFleet() {
        fleet.close();
    }

    private void start(Map<String, String> settings) {
        fleet.startWorker("worker-a", settings);
        account = fleet.connect(PHONE);
    }

    private String write(String from, String message) {
        return JsonCodec.mapper().readTree(fleet.post("/api/phones/" + from + "/messages", message)).get("id")
                .asString();
    }

    private String toShop(String more) {
        return "{\"to\":\"" + PHONE + "\"," + more + "}";
    }

    private List<Event.InboundMessage> arrived(int count) {
        await().atMost(TestFleet.PATIENCE).until(() -> fleet.all(Event.InboundMessage.class, account).size() >= count);
        return fleet.all(Event.InboundMessage.class, account);
    }

    private Event.InboundMessage arrived(String id) {
        await().atMost(TestFleet.PATIENCE).until(() -> fleet.all(Event.InboundMessage.class, account).stream()
                .anyMatch(m -> m.message().value().equals(id)));
        return fleet.all(Event.InboundMessage.class, account).stream().filter(m -> m.message().value().equals(id))
                .findFirst().orElseThrow();
    }

    private static Content.Image image(JsonNode uploaded) {
        return new Content.Image(java.net.URI.create(uploaded.get("url").asString()), "look", "image/png", null);
    }

    private JsonNode upload(String bytes) {
        return JsonCodec.mapper().readTree(fleet.post("/media", bytes));
    }

    private double keeping(String outcome) {
        return fleet.metrics.counter("wafleet.worker.media.keep", "outcome", outcome).count();
    }

    @Test
    void tellsWhoWroteUnderWhichNamesAndWhere() {
        start(Map.of());
        Event.InboundMessage hidden = arrived(
                write(FRIEND, toShop("\"text\":\"hi\",\"naming\":\"lid\",\"senderName\":\"Ana\"")));
        assertThat(hidden.chat().jid()).endsWith("@lid");
        assertThat(hidden.alternative()).isNull();
        assertThat(hidden.senderName()).isEqualTo("Ana");
        Event.InboundMessage told = arrived(write(FRIEND, toShop("\"text\":\"hi\",\"naming\":\"lid-and-phone\"")));
        assertThat(told.chat()).isEqualTo(hidden.chat());
        assertThat(told.alternative()).isEqualTo(FRIENDS_CHAT);
        Event.InboundMessage typed = arrived(write(PHONE.substring(1),
                "{\"to\":\"" + FRIEND + "\",\"text\":\"by hand\",\"naming\":\"phone-and-lid\"}"));
        assertThat(typed.fromMe()).isTrue();
        assertThat(typed.chat()).isEqualTo(FRIENDS_CHAT);
        assertThat(typed.alternative()).isEqualTo(hidden.chat());

        fleet.put("/api/groups/" + GROUP,
                "{\"subject\":\"Neighbours\",\"members\":[\"" + PHONE + "\",\"" + FRIEND + "\"]}");
        Event.InboundMessage group = arrived(
                write(FRIEND, "{\"group\":\"" + GROUP + "\",\"text\":\"all\",\"naming\":\"lid-and-phone\"}"));
        assertThat(group.chat().jid()).isEqualTo(GROUP);
        assertThat(group.subject()).isEqualTo("Neighbours");
        assertThat(group.from()).isEqualTo(hidden.chat());
        assertThat(group.fromAlternative()).isEqualTo(FRIENDS_CHAT);
        assertThat(group.replayed()).isFalse();
    }

    @Test
    void tellsWhatWasSaidAlsoWhenItIsNotKnown() {
        start(Map.of());
        Event.InboundMessage poll = arrived(write(FRIEND, toShop("\"unsupported\":\"poll\"")));
        assertThat(poll.content()).isEqualTo(new InboundContent.Unsupported("poll"));
        Content.Reaction reaction = new Content.Reaction(new MessageRef(new MessageId("3EB0"), FRIENDS_CHAT), "👍");
        Instant before = Instant.parse("2026-01-02T03:04:05Z");
        Event.InboundMessage reacted = arrived(write(FRIEND,
                toShop("\"content\":" + JsonCodec.text(reaction) + ",\"id\":\"3A77\",\"sentAt\":\"" + before + "\"")));
        assertThat(reacted.content()).isEqualTo(reaction);
        assertThat(reacted.sentAt()).isEqualTo(before);
        assertThat(arrived(write(FRIEND, toShop("\"text\":\"x\",\"thumbnail\":\"/9j/2Q==\""))).thumbnail()).isNotNull();
        assertThat(arrived(write(FRIEND, toShop("\"text\":\"x\",\"thumbnail\":\"no picture\""))).thumbnail()).isNull();
        assertThat(fleet.get("/api/ledger/summary")).contains("\"inboundWaiting\":0");
    }

    @Test
    void aRedeliveredMessageIsToldAgainWithTheSameContent() {
        start(Map.of());
        fleet.post("/api/faults", "{\"kind\":\"redeliver\",\"next\":1}");
        write(FRIEND, toShop("\"text\":\"hi\",\"naming\":\"lid-and-phone\""));
        List<Event.InboundMessage> told = arrived(2);
        assertThat(told).hasSize(2);
        assertThat(told.get(1)).usingRecursiveComparison().ignoringFields("at").isEqualTo(told.get(0));
    }

    /** More with {@code -Dwafleet.inbound.burst=100000}. */
    @Test
    void aBurstArrivesWholeAlthoughATenthOfItComesTwice() {
        start(Map.of());
        AccountId second = fleet.connect("+40712345679");
        fleet.post("/api/faults", "{\"kind\":\"redeliver\",\"probability\":0.1}");
        int messages = Integer.getInteger("wafleet.inbound.burst", 2_000);
        fleet.post("/api/bursts", "{\"messages\":" + messages + "}");
        await().atMost(Duration.ofMinutes(4)).pollInterval(Duration.ofMillis(200)).until(
                () -> fleet.get("/api/ledger/summary").contains("\"inboundReceived\":" + messages + ","));
        await().atMost(TestFleet.PATIENCE).untilAsserted(() -> assertThat(List.of(account, second).stream()
                .flatMap(a -> fleet.all(Event.InboundMessage.class, a).stream()).map(Event.InboundMessage::message)
                .distinct().count()).isEqualTo(messages));
        assertThat(fleet.get("/api/ledger/summary")).doesNotContain("\"inboundRedeliveries\":0,");
    }

    @Test
    void whatWaitedAtWhatsAppIsToldAsSuch() {
        start(Map.of());
        fleet.post("/api/faults", "{\"kind\":\"refuse-logins\",\"code\":503}");
        fleet.post("/api/faults", "{\"kind\":\"close\",\"code\":503}");
        String id = write(FRIEND, toShop("\"text\":\"hi\""));
        fleet.delete("/api/faults");
        assertThat(arrived(id).replayed()).isTrue();
    }

    @Test
    void bytesAreKeptOnceHoweverOftenTheyCome() throws IOException {
        start(Map.of("media.dir", folder.toString()));
        JsonNode uploaded = upload("not quite a picture");
        String message = toShop("\"content\":" + JsonCodec.text(image(uploaded)));
        fleet.post("/api/faults", "{\"kind\":\"redeliver\",\"next\":1}");
        write(FRIEND, message);
        write(FRIEND, message);
        List<Event.InboundMessage> told = arrived(3);
        MediaKey key = MediaKey.of(account, uploaded.at("/media/sha256").asString());
        assertThat(told).extracting(Event.InboundMessage::mediaKey).containsOnly(key);
        Path file = folder.resolve(key.account().value()).resolve(key.sha256().substring(0, 2)).resolve(key.sha256());
        // Counted after the file is there.
        await().atMost(TestFleet.PATIENCE).until(() -> keeping("kept") > 0);
        assertThat(file).hasContent("not quite a picture");
        assertThat(Path.of(file + ".type")).hasContent("image/png");
        assertThat(keeping("kept")).isEqualTo(1);
    }

    @Test
    void withoutAFolderBytesStayAtWhatsAppAndTheEventSaysSo() {
        start(Map.of());
        Event.InboundMessage told = arrived(
                write(FRIEND, toShop("\"content\":" + JsonCodec.text(image(upload("x"))))));
        assertThat(told.mediaKey()).isNull();
        assertThat(told.media()).isNotNull();
    }

    @Test
    void aFolderThatCannotBeWrittenDelaysNobodyAndIsCaughtUpByWhoeverCan() throws IOException {
        Path blocked = Files.writeString(folder.resolve("media"), "in the way");
        start(Map.of("media.dir", blocked.toString()));
        MediaKey key = arrived(write(FRIEND, toShop("\"content\":" + JsonCodec.text(image(upload("picture"))))))
                .mediaKey();
        assertThat(key).isNotNull();
        await().atMost(TestFleet.PATIENCE).until(() -> keeping("store_failed") > 0);
        arrived(write(FRIEND, toShop("\"text\":\"goes on\"")));
        fleet.stopWorker("worker-a");
        Files.delete(blocked);
        fleet.startWorker("worker-b", Map.of("media.dir", blocked.toString()));
        await().atMost(TestFleet.PATIENCE).until(() -> Files.exists(blocked.resolve(key.account().value())
                .resolve(key.sha256().substring(0, 2)).resolve(key.sha256())));
    }
}
