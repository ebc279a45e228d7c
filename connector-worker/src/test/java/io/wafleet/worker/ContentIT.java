package io.wafleet.worker;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.Event;
import io.wafleet.contract.Event.Outcome;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MediaInfo;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageRef;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import io.wafleet.worker.media.http.RoughFileServer;
import java.net.URI;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Everything that can be said, through a real broker, a worker and the simulator: there and back. */
@ExtendWith(BrokerExtension.class)
final class ContentIT {
    private static final String PHONE = "+40712345678";
    private static final PhoneNumber FRIEND = new PhoneNumber("+40722000111");
    private static final PhoneNumber OTHER = new PhoneNumber("+40722000112");
    private static final Chat FRIENDS_CHAT = Chat.of(FRIEND);
    private static final MessageRef QUOTED = new MessageRef(new MessageId("3A00"), FRIENDS_CHAT);

    private final RoughFileServer files = new RoughFileServer();
    private TestFleet fleet;
    private AccountId account;

    @BeforeEach
    void startsFleet(TestBroker broker) {
        fleet = new TestFleet(broker.freshSettings(2));
    }

    @AfterEach
    void stopsFleet() {
        fleet.close();
        files.close();
    }

    private void start(Map<String, String> settings) {
        fleet.startWorker("worker-a", settings);
        account = fleet.connect(PHONE);
    }

    private URI file(int size) {
        return URI.create(files.url("/bytes/" + size));
    }

    private void dispatch(String id, Content content) {
        fleet.dispatch(account, new MessageId(id), FRIEND, content, fleet.epoch(account));
    }

    private Event.DispatchOutcome outcome(String id) {
        return await().atMost(TestFleet.PATIENCE).until(() -> fleet.all(Event.DispatchOutcome.class, account).stream()
                .filter(o -> o.message().value().equals(id)).findFirst().orElse(null), Objects::nonNull);
    }

    private JsonNode received(String id) {
        JsonNode items = JsonCodec.mapper().readTree(fleet.get("/api/ledger/messages?phone=" + PHONE.substring(1)))
                .get("items");
        return items.valueStream().filter(m -> m.get("id").asString().equals(id)).findFirst().orElseThrow();
    }

    private static String sha256(int size) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(RoughFileServer.bytes(size)));
    }

    @Test
    void eachKindArrivesAsItWasSaid() throws Exception {
        start(Map.of("media.allow.private", "true"));
        Map<String, Content> all = new LinkedHashMap<>();
        all.put("3EB001", new Content.Text("hello", QUOTED));
        all.put("3EB002", new Content.Image(file(100_000), "look", null, QUOTED));
        all.put("3EB003", new Content.Video(file(2_000_000), "see", "video/mp4", null));
        all.put("3EB004", new Content.Audio(file(3_000), "audio/mpeg", null));
        all.put("3EB005", new Content.Voice(file(4_000), "audio/ogg; codecs=opus", null));
        all.put("3EB006", new Content.Document(file(5_000), "offer.pdf", "the offer", "application/pdf", null));
        all.put("3EB007", new Content.Sticker(file(6_000), "image/webp", null));
        all.put("3EB008", new Content.Location(44.4, 26.1, "Piața", "Strada 1", null));
        all.put("3EB009", new Content.Contact("Ana", List.of(FRIEND), null));
        all.put("3EB010", new Content.Reaction(MessageRef.own(new MessageId("3EB001")), "👍"));
        all.put("3EB011", new Content.Edit(MessageRef.own(new MessageId("3EB001")), "good bye"));
        all.put("3EB012", new Content.Delete(MessageRef.own(new MessageId("3EB008"))));
        for (Map.Entry<String, Content> one : all.entrySet()) {
            dispatch(one.getKey(), one.getValue());
            assertThat(outcome(one.getKey())).extracting(Event.DispatchOutcome::outcome, Event.DispatchOutcome::reason)
                    .containsExactly(Outcome.SENT, null);
            arrived(one.getKey(), one.getValue());
        }
        JsonNode chat = JsonCodec.mapper().readTree(fleet.get(
                "/api/phones/" + FRIEND.digits() + "/chats/" + PHONE.substring(1) + "@s.whatsapp.net")).get("messages");
        assertThat(chat.get(0).get("text").asString()).isEqualTo("good bye");
        assertThat(chat.get(0).at("/reactions/" + PHONE.substring(1) + "@s.whatsapp.net").asString()).isEqualTo("👍");
        assertThat(chat.get(7).get("text").asString()).isEqualTo("(deleted)");
        assertThat(chat.size()).isEqualTo(9);
    }

    /** Media have another address then, but the same bytes; all else is as it was. */
    private void arrived(String id, Content said) throws Exception {
        JsonNode received = received(id);
        Content content = JsonCodec.mapper().treeToValue(received.get("content"), Content.class);
        if (said instanceof Content.Media media && content instanceof Content.Media arrived) {
            int size = Integer.parseInt(media.url().getPath().replaceFirst(".*/", ""));
            assertThat(JsonCodec.mapper().treeToValue(received.get("media"), MediaInfo.class))
                    .isEqualTo(new MediaInfo(media.mimetype() == null ? "image/png" : media.mimetype(), size,
                            sha256(size)));
            assertThat(arrived).isEqualTo(media.at(arrived.url(), String.valueOf(arrived.mimetype())));
            assertThat(arrived.url().getPort()).isEqualTo(fleet.simulator.port());
        } else {
            assertThat(content).isEqualTo(said);
        }
    }

    @Test
    void whatAPhoneSaysArrivesWithWhatIsKnownOfItsBytes() {
        start(Map.of());
        String kept = fleet.post("/media", "not quite a picture");
        String link = JsonCodec.mapper().readTree(kept).get("url").asString();
        List<Content> all = List.of(new Content.Image(URI.create(link), "look", "image/png", null),
                new Content.Location(44.4, 26.1, null, null, null), new Content.Contact("Ana", List.of(FRIEND), null),
                new Content.Reaction(QUOTED, "👍"), new Content.Edit(MessageRef.own(new MessageId("3A00")), "x"),
                new Content.Delete(MessageRef.own(new MessageId("3A00"))), new Content.Text("hi", QUOTED));
        for (Content content : all) {
            fleet.post("/api/phones/" + FRIEND.digits() + "/messages",
                    "{\"to\":\"" + PHONE + "\",\"content\":" + JsonCodec.text(content) + "}");
        }
        await().atMost(TestFleet.PATIENCE)
                .until(() -> fleet.all(Event.InboundMessage.class, account).size() == all.size());
        List<Event.InboundMessage> inbound = fleet.all(Event.InboundMessage.class, account);
        assertThat(inbound).extracting(Event.InboundMessage::content).containsExactlyElementsOf(all);
        assertThat(inbound.getFirst().media()).isNotNull()
                .satisfies(m -> assertThat(m.sizeBytes()).isEqualTo("not quite a picture".length()));
        assertThat(inbound.getLast().media()).isNull();
    }

    @Test
    void aSlowFetchDelaysNoOtherChatAndEndsInItsOwnTime() {
        start(Map.of("media.allow.private", "true", "media.timeout", "3s"));
        dispatch("3EB0SLOW", new Content.Image(URI.create(files.url("/silent")), null, null, null));
        fleet.dispatch(account, new MessageId("3EB0FAST"), OTHER, new Content.Text("hello"), fleet.epoch(account));
        assertThat(outcome("3EB0FAST").outcome()).isEqualTo(Outcome.SENT);
        assertThat(outcome("3EB0SLOW").outcome()).isEqualTo(Outcome.RETRYABLE);
        assertThat(outcome("3EB0SLOW").reason()).startsWith("media_timeout");
        assertThat(fleet.all(Event.DispatchOutcome.class, account)).extracting(o -> o.message().value())
                .containsExactly("3EB0FAST", "3EB0SLOW");
    }

    @Test
    void aPrivateAddressIsRefusedForGoodUnlessASettingAllowsIt() {
        start(Map.of());
        dispatch("3EB0A", new Content.Image(file(10), null, null, null));
        assertThat(outcome("3EB0A").outcome()).isEqualTo(Outcome.PERMANENT);
        assertThat(outcome("3EB0A").reason()).startsWith("media_address_forbidden");
        assertThat(files.requests()).isEmpty();
    }

    @Test
    void aConnectionLostDuringTheFetchMeansNotAttempted() {
        start(Map.of("media.allow.private", "true"));
        dispatch("3EB0A", new Content.Image(URI.create(files.url("/silent")), null, null, null));
        await().atMost(TestFleet.PATIENCE).until(() -> !files.requests().isEmpty());
        fleet.post("/api/faults", "{\"kind\":\"close\",\"code\":503}");
        assertThat(outcome("3EB0A").outcome()).isEqualTo(Outcome.NOT_ATTEMPTED);
        assertThat(fleet.get("/api/ledger/messages")).doesNotContain("3EB0A");
    }
}
