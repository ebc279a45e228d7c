package io.wafleet.gateway;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Command;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.Reply.CommandReply;
import io.wafleet.contract.Reply.CommandResult;
import io.wafleet.contract.Topic;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import io.wafleet.gateway.GatewayUnderTest.Got;
import io.wafleet.settings.KafkaSettings;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(BrokerExtension.class)
final class GatewayIT {
    private static final int PARTITIONS = 4;
    private static final String SHOP = "account_prod_shop";

    private static KafkaSettings kafka;
    private static FakeFleet fleet;
    private static GatewayUnderTest gateway;
    /** For what nobody answers; all others have time. */
    private static GatewayUnderTest hasty;

    @BeforeAll
    static void start(TestBroker broker) {
        kafka = broker.freshSettings(PARTITIONS);
        fleet = new FakeFleet(kafka).claimAll();
        fleet.account(new AccountId(SHOP), "+40712345678", "Shop", AccountStatus.CONNECTED);
        gateway = GatewayUnderTest.start(kafka, Map.of("send.wait", "20s", "command.wait", "20s")).awaitOwners();
        hasty = GatewayUnderTest.start(kafka, Map.of("send.wait", "1s", "command.wait", "1s")).awaitOwners();
    }

    @AfterAll
    static void stop() {
        hasty.close();
        gateway.close();
        fleet.close();
    }

    @BeforeEach
    void behavesWell() {
        fleet.answersCommandsAsUsual();
        fleet.messagesEndAs(MessageStatus.SENT);
        fleet.decides(true);
    }

    @Test
    void addsAnAccountUnderTheSameIdInWhateverNotation() {
        Got added = gateway.post("/api/whatsapp/add-account", "{\"name\":\"Second\",\"phone\":\"0722 000 111\"}");
        assertThat(added.status()).isEqualTo(200);
        assertThat(added.at("/account/phone").asString()).isEqualTo("+40722000111");
        assertThat(added.at("/account/status").asString()).isEqualTo("connecting");
        assertThat(added.at("/account/qrCode").isNull()).isTrue();
        String id = added.at("/account/id").asString();
        assertThat(id).matches("account_prod_[0-9a-f]{32}");

        Got again = gateway.post("/api/whatsapp/add-account", "{\"phone\":\"+40 722-000-111\"}");
        assertThat(again.at("/account/id").asString()).isEqualTo(id);
        assertThat(gateway.get("/api/whatsapp/accounts/" + id).at("/account/owner").asString()).isEqualTo("worker-1");
    }

    @Test
    void keepsTheIdOfALegacyAccount() {
        Got stable = gateway.post("/api/whatsapp/add-account", "{\"phone\":\"+40733000222\"}");
        String hash = stable.at("/account/id").asString().replace("account_prod_", "");
        gateway.send("DELETE", "/api/whatsapp/accounts/account_prod_" + hash, null);
        await().until(() -> !isListed("account_prod_" + hash));
        AccountId legacy = new AccountId("account_dev_" + hash);
        fleet.account(legacy, "+40733000222", "Old", AccountStatus.NEEDS_QR);
        gateway.awaitStatus(legacy.value(), "needs_qr");

        Got added = gateway.post("/api/whatsapp/add-account", "{\"phone\":\"+40733000222\"}");
        assertThat(added.at("/account/id").asString()).isEqualTo(legacy.value());
    }

    @Test
    void answersAddAccountOfAConnectedPhoneWithTheAccountAsItIs() {
        fleet.answersCommands(
                c -> Optional.of(FakeFleet.refusal(c, "already_connected", AccountStatus.CONNECTED)));
        Got added = gateway.post("/api/whatsapp/add-account", "{\"phone\":\"+40744000333\"}");
        assertThat(added.status()).isEqualTo(200);
        assertThat(added.at("/account/status").asString()).isEqualTo("connected");
    }

    @Test
    void listsAllButDeletedAccounts() {
        fleet.account(new AccountId("account_prod_gone"), "+40711111111", "Gone", AccountStatus.DELETED);
        Got list = gateway.get("/api/whatsapp/accounts");
        assertThat(list.status()).isEqualTo(200);
        assertThat(list.at("/cached").asBoolean()).isFalse();
        assertThat(list.at("/accounts").findValuesAsString("id")).contains(SHOP).doesNotContain("account_prod_gone");
    }

    @Test
    void renamesDisconnectsReconnectsAndDeletes() {
        AccountId id = new AccountId("account_prod_life");
        fleet.account(id, "+40755000444", "Before", AccountStatus.CONNECTED);
        gateway.awaitStatus(id.value(), "connected");

        Got renamed = gateway.send("PATCH", "/api/whatsapp/accounts/" + id + "/name", "{\"name\":\" After \"}");
        assertThat(renamed.status()).isEqualTo(200);
        await().until(() -> gateway.get("/api/whatsapp/accounts/" + id).at("/account/name").asString().equals("After"));

        Got disconnected = gateway.post("/api/whatsapp/disconnect/" + id, null);
        assertThat(disconnected.at("/reason").asString()).isEqualTo("user_disconnect");
        gateway.awaitStatus(id.value(), "disconnected");

        assertThat(gateway.post("/api/whatsapp/reconnect/" + id, null).at("/status").asString())
                .isEqualTo("connecting");
        assertThat(gateway.post("/api/whatsapp/pairing-code/" + id, null).status()).isEqualTo(200);

        Got deleted = gateway.send("DELETE", "/api/whatsapp/accounts/" + id, null);
        assertThat(deleted.at("/message").asString()).isEqualTo("Account deleted");
        await().until(() -> !isListed(id.value()));
        assertThat(gateway.send("DELETE", "/api/whatsapp/accounts/" + id, null).at("/code").asString())
                .isEqualTo("account_unknown");
    }

    private static boolean isListed(String id) {
        return gateway.get("/api/whatsapp/accounts").at("/accounts").findValuesAsString("id").contains(id);
    }

    @Test
    void refusesToRegenerateTheQrOfAConnectedAccountUnlessForced() {
        fleet.answersCommands(c -> c instanceof Command.RegenerateQr r && !r.force()
                ? Optional.of(FakeFleet.refusal(c, "already_connected", AccountStatus.CONNECTED))
                : Optional.empty());
        Got refused = gateway.post("/api/whatsapp/regenerate-qr/" + SHOP, null);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("/code").asString()).isEqualTo("already_connected");
        assertThat(refused.at("/status").asString()).isEqualTo("connected");

        Got unanswered = hasty.post("/api/whatsapp/regenerate-qr/" + SHOP + "?force=true", null);
        assertThat(unanswered.status()).isEqualTo(503);
        assertThat(unanswered.at("/code").asString()).isEqualTo("no_reply");
        assertThat(unanswered.at("/error").asString()).contains("not known whether the command was or will be applied");
        assertThat(unanswered.header("retry-after")).as("nobody should repeat it without a look").isEmpty();
        assertThat(fleet.commands()).anyMatch(c -> c.id().value().equals(unanswered.at("/commandId").asString())
                && c.epoch().equals(fleet.epoch()));
        assertThat(fleet.commands()).anyMatch(c -> c instanceof Command.RegenerateQr r && r.force());
    }

    @Test
    void showsTheQrAsPngSvgJsonAndPage() throws IOException, ReaderException {
        String text = "2@AbCdEf0123456789/+=,key==,id==,secret==";
        AccountId id = new AccountId("account_prod_qr");
        fleet.showing(id, "+40766000555", "<b>\"Shop\" & 'Sons'</b>", text);
        gateway.awaitStatus(id.value(), "qr_ready");
        String path = "/api/whatsapp/qr/" + id;

        Got png = gateway.get(path, "Accept", "image/png");
        assertThat(png.header("content-type")).isEqualTo("image/png");
        assertThat(decode(png.response().body())).isEqualTo(text);

        Got json = gateway.get(path, "Accept", "application/json");
        assertThat(json.at("/qr").asString()).isEqualTo(text);
        assertThat(json.at("/windowEndsAt").asString()).endsWith("Z");

        assertThat(gateway.get(path, "Accept", "image/svg+xml").text()).startsWith("<svg ");
        assertThat(gateway.get(path, "Accept", "image/avif,image/*;q=0.8").header("content-type"))
                .isEqualTo("image/png");

        Got page = gateway.get(path, "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        assertThat(page.header("content-type")).startsWith("text/html");
        assertThat(page.text()).contains("<svg ", "&lt;b&gt;&quot;Shop&quot; &amp; &#39;Sons&#39;&lt;/b&gt;",
                "+407****55").doesNotContain("<b>\"Shop\"", "40766000555", text);
        assertThat(page.header("content-security-policy")).contains("default-src 'none'");
        assertThat(gateway.get("/api/whatsapp/qr-visual").text()).contains("<svg ", id.value());

        Got standing = gateway.post("/api/whatsapp/regenerate-qr/" + id, null);
        assertThat(standing.at("/message").asString()).isEqualTo("QR regeneration started");
    }

    @Test
    void answersRegenerateQrInsideAnOpenWindowWithTheQrThatStands() throws IOException, ReaderException {
        AccountId id = new AccountId("account_prod_window");
        fleet.showing(id, "+40766000666", null, "standing-qr");
        gateway.awaitStatus(id.value(), "qr_ready");
        fleet.answersCommands(c -> Optional.of(new CommandReply(c.id(), c.account(),
                Instant.now(), CommandResult.APPLIED, null, null,
                AccountStatus.QR_READY)));
        Got standing = gateway.post("/api/whatsapp/regenerate-qr/" + id, null);
        assertThat(standing.at("/message").asString()).isEqualTo("QR code already available");
        String dataUrl = standing.at("/qrCode").asString();
        assertThat(decode(Base64.getDecoder().decode(dataUrl.replace("data:image/png;base64,", ""))))
                .isEqualTo("standing-qr");
    }

    @Test
    void hasNoImageWhileNoQrStands() {
        Got png = gateway.get("/api/whatsapp/qr/" + SHOP, "Accept", "image/png");
        assertThat(png.status()).isEqualTo(404);
        assertThat(png.at("/code").asString()).isEqualTo("qr_not_ready");
        assertThat(gateway.get("/api/whatsapp/qr/" + SHOP, "Accept", "application/json").at("/qr").isNull()).isTrue();
        assertThat(gateway.get("/api/whatsapp/qr/" + SHOP).text()).contains("Connected");
        assertThat(gateway.get("/api/whatsapp/qr/" + SHOP, "Accept", "audio/ogg").status()).isEqualTo(406);
    }

    private static Got send(String to, String text, String... headers) {
        return send(gateway, to, text, headers);
    }

    private static Got send(GatewayUnderTest through, String to, String text, String... headers) {
        return through.post("/api/whatsapp/send-message",
                "{\"accountId\":\"" + SHOP + "\",\"to\":\"" + to + "\",\"message\":\"" + text + "\"}", headers);
    }

    @Test
    void answersAMessageThatWasSentInTime() {
        Got sent = send("0722333444", "hello");
        assertThat(sent.status()).isEqualTo(200);
        assertThat(sent.at("/status").asString()).isEqualTo("sent");
        assertThat(sent.at("/queued").isMissingNode()).isTrue();
        String id = sent.at("/messageId").asString();
        assertThat(id).matches("3EB0[0-9A-F]{18}");
        assertThat(fleet.sends()).anyMatch(
                s -> s.message().value().equals(id) && s.chat().jid().equals("40722333444@s.whatsapp.net"));
        assertThat(gateway.get("/api/whatsapp/messages/" + id + "/status").at("/status").asString())
                .isEqualTo("sent");
    }

    @Test
    void writesCommandsAndMessagesToTheAccountsOwnPartition() {
        send("0722333444", "where");
        gateway.send("PATCH", "/api/whatsapp/accounts/" + SHOP + "/name", "{\"name\":\"Shop\"}");
        assertThat(fleet.misplaced()).isEmpty();
    }

    @Test
    void saysSentAlsoWhenAReceiptWasFaster() {
        fleet.messagesEndAs(MessageStatus.READ);
        assertThat(send("0722333444", "fast").at("/status").asString()).isEqualTo("sent");
    }

    @Test
    void saysQueuedWhenAMessageIsNotSentInTime() {
        fleet.messagesEndAs(null);
        Got queued = send(hasty, "0722333444", "later");
        assertThat(queued.status()).isEqualTo(200);
        assertThat(queued.at("/queued").asBoolean()).isTrue();
        assertThat(queued.at("/status").asString()).isEqualTo("queued");
    }

    @Test
    void saysThatAMessageFailedForGood() {
        fleet.messagesEndAs(MessageStatus.FAILED);
        Got failed = send("0722333444", "never");
        assertThat(failed.status()).isEqualTo(200);
        assertThat(failed.at("/success").asBoolean()).isFalse();
        assertThat(failed.at("/status").asString()).isEqualTo("failed");
        assertThat(failed.at("/reason").asString()).isEqualTo("not on WhatsApp");
    }

    @Test
    void answersAtOnceWhenTheCallerPrefersThat() {
        fleet.messagesEndAs(null);
        Got accepted = send("0722333444", "async", "Prefer", "respond-async, wait=10");
        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.at("/queued").asBoolean()).isTrue();
    }

    @Test
    void givesTheSameMessageForTheSameKeyAndRefusesAnotherRequestUnderIt() {
        Got first = send("0722333444", "once", "Idempotency-Key", "1.5");
        Got again = send("+40 722 333 444", "once", "Idempotency-Key", "1.5");
        Got other = send("0722333444", "twice", "Idempotency-Key", "1.5");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.at("/duplicate").isMissingNode()).isTrue();
        assertThat(again.at("/messageId").asString()).isEqualTo(first.at("/messageId").asString());
        assertThat(again.at("/duplicate").asBoolean()).isTrue();
        assertThat(again.at("/status").asString()).isEqualTo("sent");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.at("/code").asString()).isEqualTo("idempotency_conflict");
        assertThat(other.at("/messageId").asString()).isEqualTo(first.at("/messageId").asString());
    }

    @Test
    void saysThatRepeatingIsSafeWhenTheOutboxDoesNotDecide() {
        fleet.decides(false);
        Got undecided = send(hasty, "0722333444", "maybe", "Idempotency-Key", "undecided-1");
        assertThat(undecided.status()).isEqualTo(503);
        assertThat(undecided.at("/code").asString()).isEqualTo("undecided");
        assertThat(undecided.at("/error").asString()).contains("safe");
    }

    @Test
    void stepsOverRecordsThatItCannotRead() {
        for (Topic topic : Topic.values()) {
            fleet.garbage(topic, 0);
        }
        assertThat(send("0722333444", "still here").at("/status").asString()).isEqualTo("sent");
        // Of replies, account-status, message-status and workers; facts about accounts on events are not even read.
        await().atMost(Duration.ofSeconds(10))
                .until(() -> gateway.metrics().get("wafleet.gateway.unreadable.records").counter().count() >= 4);
    }

    @Test
    void showsTheFleetAndItsHealth() {
        Got seen = gateway.get("/api/fleet");
        assertThat(seen.at("/workers/0/worker").asString()).isEqualTo("worker-1");
        assertThat(seen.at("/workers/0/alive").asBoolean()).isTrue();
        assertThat(seen.at("/workers/0/partitions").size()).isEqualTo(PARTITIONS);
        Got health = gateway.get("/health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.at("/status").asString()).isEqualTo("ok");
        assertThat(gateway.get("/livez").status()).isEqualTo(200);
        assertThat(gateway.get("/readyz").at("/status").asString()).isEqualTo("ready");
        assertThat(gateway.get("/metrics").text()).contains("wafleet_gateway_requests_seconds_count");
        assertThat(gateway.get("/openapi.yaml").text()).startsWith("openapi: 3.1.0");
        assertThat(gateway.get("/").text()).contains("Shop", "+407****78").doesNotContain("40712345678");
        assertThat(gateway.get("/assets/live.js").status()).isEqualTo(200);
        assertThat(gateway.send("HEAD", "/livez", null).status()).isEqualTo(200);
    }

    private static String decode(byte[] png) throws IOException, ReaderException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        RGBLuminanceSource source = new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels);
        return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source))).getText();
    }
}
