package io.wafleet.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wafleet.cli.moving.HalfImport;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.conversations.ConversationStore;
import io.wafleet.conversations.ImportedSessions;
import io.wafleet.conversations.store.StoreSettings;
import io.wafleet.conversations.store.Stores;
import io.wafleet.health.Health;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.settings.Settings;
import io.wafleet.worker.sealing.CredentialCipher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Import, export and erase as commands: with a fleet that runs, and without. Each sets logging up for its process. */
@Execution(ExecutionMode.SAME_THREAD)
final class MovingIT {
    private static final String SHOP = "account_prod_cd7b11e308a59fd9ab810bce5faf8393";
    private static final String LEGACY = "account_1700000000000";
    private static final Path ORIGINAL = Path.of("..", "conversations", "src", "test", "resources", "original");
    private static final String SOURCE = "--from-file=" + ORIGINAL;
    private static final String PARTITIONS = "--partitions=4";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    /** How a command ended. */
    private record Ended(int code, String out, String err) {
        JsonNode json() {
            return JsonCodec.mapper().readTree(out);
        }
    }

    private Ended run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--store-sqlite-file=" + folder.resolve("conversations.db"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = CommandLines.wafleet(Map.of(), new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8)).execute(all.toArray(String[]::new));
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private String keys() throws IOException {
        Path file = folder.resolve("keys");
        Files.writeString(file, CredentialCipher.newKeySet());
        return "--credential-keys-file=" + file;
    }

    private ConversationStore store() {
        return Stores.open(new StoreSettings(StoreSettings.Kind.SQLITE, folder.resolve("conversations.db"), ""));
    }

    /** All that is kept of an account, by file; its folder's name is new each time. */
    private List<String> kept(String account) throws IOException {
        Path target = folder.resolve("export-" + UUID.randomUUID());
        Ended ended = run("export", "--account=" + account, "--to=" + target);
        if (ended.code() != 0) {
            assertThat(ended.err()).contains("nothing is kept");
            assertThat(target).isEmptyDirectory();
            return List.of();
        }
        return List.of(Files.readString(target.resolve("threads.jsonl")),
                Files.readString(target.resolve("messages.jsonl")));
    }

    @Test
    void aDryRunWritesNothingAndASecondRunChangesNothing() throws IOException {
        Ended dry = run("import", SOURCE, "--conversations-only", "--json");
        assertThat(dry.err()).isEmpty();
        assertThat(dry.json().path("dryRun").asBoolean()).isTrue();
        assertThat(folder.resolve("conversations.db")).doesNotExist();
        long messages = dry.json().path("after").path("messages").asLong();
        assertThat(messages).isPositive();

        assertThat(run("import", SOURCE, "--conversations-only", "--yes").err()).contains("--credential-keys-file");
        assertThat(folder.resolve("conversations.db")).as("without keys nothing is begun").satisfies(
                file -> assertThat(kept(SHOP)).isEmpty());
        String keys = keys();
        Ended done = run("import", SOURCE, "--conversations-only", "--yes", "--json", keys);
        assertThat(done.json().path("before").path("messages").asLong()).isZero();
        assertThat(done.json().path("after")).isEqualTo(dry.json().path("after").deepCopy());
        assertThat(done.json().path("newDocuments")).isEqualTo(dry.json().path("newDocuments"));

        Ended again = run("import", SOURCE, "--conversations-only", "--yes", keys);
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("Nothing changed").contains("skipped");
        assertThat(run("import", SOURCE, "--conversations-only").out()).contains("Nothing would change");
    }

    @Test
    void aSessionIsKeptSealedInTheFormOfItsFiles() throws Exception {
        String keys = keys();
        assertThat(run("import", SOURCE, "--conversations-only", "--yes", keys).code()).isZero();
        String sealed;
        try (ConversationStore store = store()) {
            sealed = new String(store.importedSession(new AccountId(SHOP)).orElseThrow(), StandardCharsets.US_ASCII);
        }
        CredentialCipher cipher = CredentialCipher.of(Files.readString(folder.resolve("keys")));
        JsonNode files = JsonCodec.mapper()
                .readTree(cipher.open(new AccountId(SHOP), ImportedSessions.SEALED_AS, sealed)).path("files");
        JsonNode original = JsonCodec.mapper().readTree(Files.readString(ORIGINAL.resolve("wa_sessions.json")))
                .path("wa_sessions/" + SHOP).path("files");
        assertThat(files).isEqualTo(original);
        for (String file : List.of("conversations.db", "conversations.db-wal")) {
            Path path = folder.resolve(file);
            assertThat(Files.exists(path) ? Files.readString(path, StandardCharsets.ISO_8859_1) : "")
                    .doesNotContain("registered");
        }
    }

    @Test
    void aReportShowsNoWordsNoSecretsAndNoPhones() throws IOException {
        for (String form : List.of("--json", "--conversations-only")) {
            Ended dry = run("import", SOURCE, "--conversations-only", form);
            assertThat(dry.out() + dry.err()).doesNotContainPattern("40722000[0-9]{3}").doesNotContain("712345678",
                    "Good morning", "Only once", "registered", "Ana", "Team");
        }
    }

    @Test
    void whatCannotBeDoneIsOneLine() throws IOException {
        assertThat(run("import").err()).hasLineCount(1).contains("name one source");
        assertThat(run("import", "--from-file=" + folder, "--conversations-only").err()).contains("accounts.json");
        Files.writeString(folder.resolve("accounts.json"), "{\"accounts/x\": {\"name\": \"secret");
        Ended bad = run("import", "--from-file=" + folder, "--conversations-only");
        assertThat(bad.code()).isEqualTo(2);
        assertThat(bad.err()).hasLineCount(1).contains("accounts.json", "line 1").doesNotContain("secret");
        assertThat(run("erase", "--account=" + SHOP, "--confirm=" + SHOP).err()).hasLineCount(1)
                .contains("conversations.db is not there");
    }

    @Test
    void aDocumentThatIsNoneIsNamedAndTheOthersMove() throws IOException {
        Files.writeString(folder.resolve("accounts.json"), "{\"accounts/x\": 7, \"accounts/y\": null,"
                + " \"accounts/" + LEGACY + "\": {\"phoneE164\": \"+40722000444\"}}");
        Files.writeString(folder.resolve("messages.json"), "{\"threads/" + LEGACY
                + "__40722000111@s.whatsapp.net/messages/M1\": [\"x\"], \"threads/" + LEGACY
                + "__40722000111@s.whatsapp.net/messages/M2\": {\"direction\": \"inbound\", \"body\": \"kept\"}}");
        Ended done = run("import", "--from-file=" + folder, "--conversations-only", "--yes");
        assertThat(done.code()).isZero();
        assertThat(done.out()).contains("3  the document is no object", "accounts/x", "accounts/y",
                "threads/" + LEGACY + "__407****11@s.whatsapp.net/messages/M1");
        assertThat(kept(LEGACY).getLast()).contains("\"kept\"");
    }

    @Test
    void anAccountLeavesAsFilesAndIsErased() throws IOException {
        Path media = Files.createDirectories(folder.resolve("media").resolve(SHOP).resolve("ab"));
        Files.writeString(media.resolve("abcd"), "bytes");
        Files.writeString(media.resolve("abcd.type"), "image/jpeg");
        String mediaDir = "--media-dir=" + folder.resolve("media");
        String keys = keys();
        assertThat(run("import", SOURCE, "--conversations-only", "--yes", keys).code()).isZero();
        List<String> others = kept(LEGACY);

        Path target = folder.resolve("out");
        Ended exported = run("export", "--account=" + SHOP, "--to=" + target, mediaDir);
        assertThat(exported.err()).isEmpty();
        assertThat(Files.readString(target.resolve("messages.jsonl"))).contains("Only once", "\"path\":\"threads/")
                .doesNotContain("registered");
        assertThat(target.resolve("media").resolve("ab").resolve("abcd")).hasContent("bytes");
        assertThat(Files.readString(target.resolve("export.json"))).contains("\"media\":1");
        assertThat(run("export", "--account=" + SHOP, "--to=" + target).err()).contains("is not empty");

        List<String> mine = kept(SHOP);
        String fleetless = "--conversations-only";
        assertThat(run("erase", "--account=" + SHOP, mediaDir, fleetless).err()).contains("nothing was erased");
        assertThat(run("erase", "--account=" + SHOP, "--confirm=" + LEGACY, mediaDir, fleetless).code()).isEqualTo(2);
        assertThat(run("erase", "--account=..", "--confirm=..", mediaDir, fleetless).err()).contains("no account id");
        assertThat(kept(SHOP)).isEqualTo(mine);
        assertThat(media).exists();
        Ended erased = run("erase", "--account=" + SHOP, "--confirm=" + SHOP, mediaDir, fleetless);
        assertThat(erased.out()).contains("1 media files erased").contains("retention");
        assertThat(media.getParent()).doesNotExist();
        assertThat(kept(SHOP)).isEmpty();
        assertThat(kept(LEGACY)).isEqualTo(others).isNotEmpty();

        Ended again = run("import", SOURCE, "--conversations-only", "--yes", keys);
        assertThat(again.out()).contains("was erased here", "Nothing changed");
        assertThat(run("import", SOURCE, "--conversations-only").out()).contains("Nothing would change");
        assertThat(kept(SHOP)).isEmpty();
        try (ConversationStore store = store()) {
            assertThat(store.importedSession(new AccountId(SHOP))).isEmpty();
        }
    }

    @Test
    void accountsComeIntoTheFleetUnderTheirIdsConnectNothingAndGoForGood() throws Exception {
        Settings settings = Settings.of(Map.of("data.dir", folder.toString(), "http.port", "0", "simulator.port", "0",
                "partitions", "4", "timing.profile", "fast", "session.timeout", "5s", "workers", "1"));
        try (DevFleet fleet = DevFleet.start(settings, DevSettings.from(settings), new SimpleMeterRegistry(),
                new Health())) {
            await().atMost(PATIENCE).until(() -> get(fleet, "/api/fleet").contains("\"withoutOwner\":[]"));
            String kafka = "--kafka-bootstrap=" + fleet.addresses().get("kafka");
            diesBetweenItsTwoOrders(fleet);
            String[] words = {"import", SOURCE, kafka, PARTITIONS,
                "--credential-keys-file=" + folder.resolve("credential.keys"), "--yes", "--json"};
            Ended done = run(words);
            assertThat(done.err()).isEmpty();
            assertThat(done.json().path("accounts").path("added").asLong()).isEqualTo(3);
            for (String account : List.of(SHOP, LEGACY, "account_dev_0123456789abcdef0123456789abcdef")) {
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(get(fleet, "/api/whatsapp/accounts/" + account))
                        .contains("\"status\":\"disconnected\"", "\"desired\":\"disconnected\""));
            }
            assertThat(get(fleet, "/api/whatsapp/accounts")).contains(SHOP, LEGACY, "account_dev_0123456789abcdef");
            assertThat(get(fleet, "/api/whatsapp/messages/" + SHOP + "/40722000111")).contains("\"From the LID\"",
                    "\"Only once\"");
            Ended again = run(words);
            assertThat(again.json().path("accounts").path("added").asLong()).isZero();
            assertThat(again.json().path("newDocuments").asLong()).isZero();
            assertThat(again.json().path("changedDocuments").asLong()).isZero();
            erase(fleet, kafka);
        }
    }

    /** As an import does that is killed: the account would be shown a QR for ever. */
    private static void diesBetweenItsTwoOrders(DevFleet fleet) throws Exception {
        KafkaClients clients = new KafkaClients(KafkaSettings.from(Settings.of(Map.of("kafka.bootstrap",
                fleet.addresses().get("kafka"), "partitions", "4"))));
        HalfImport.leave(clients, new AccountId(LEGACY), new PhoneNumber("+40722000444"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(get(fleet, "/api/whatsapp/accounts/" + LEGACY))
                .contains("\"desired\":\"connected\""));
    }

    private void erase(DevFleet fleet, String kafka) throws Exception {
        await().atMost(PATIENCE).untilAsserted(() -> {
            try (ConversationStore store = store()) {
                assertThat(store.accounts()).extracting(a -> a.account().value()).contains(SHOP, LEGACY);
            }
        });
        List<String> others = kept(LEGACY);
        Ended erased = run("erase", "--account=" + SHOP, "--confirm=" + SHOP, kafka, PARTITIONS,
                "--media-dir=" + folder.resolve("media"));
        assertThat(erased.err()).isEmpty();
        assertThat(erased.out()).contains("deleted in the fleet");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(get(fleet, "/api/whatsapp/accounts"))
                .doesNotContain(SHOP).contains(LEGACY));
        assertThat(run("projector", "--rebuild", kafka, PARTITIONS).code()).isZero();
        assertThat(kept(SHOP)).isEmpty();
        assertThat(kept(LEGACY)).isEqualTo(others).isNotEmpty();
    }

    private static String get(DevFleet fleet, String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(fleet.addresses().get("gateway") + path)).build(),
                    HttpResponse.BodyHandlers.ofString()).body();
        }
    }
}
