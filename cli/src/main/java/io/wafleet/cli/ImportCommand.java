package io.wafleet.cli;

import io.wafleet.cli.moving.CannotMoveException;
import io.wafleet.cli.moving.FleetAccounts;
import io.wafleet.cli.moving.ImportReport;
import io.wafleet.cli.moving.ImportRun;
import io.wafleet.cli.moving.OriginalFolder;
import io.wafleet.contract.JsonCodec;
import io.wafleet.conversations.ConversationStore;
import io.wafleet.conversations.firestore.FirestoreOriginal;
import io.wafleet.conversations.moving.MovePlan;
import io.wafleet.conversations.moving.Original;
import io.wafleet.conversations.moving.OriginalDocument;
import io.wafleet.conversations.store.StoreSettings;
import io.wafleet.conversations.store.Stores;
import io.wafleet.identity.PhoneNumbers;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.logging.Logging;
import io.wafleet.settings.IdentitySettings;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.settings.Settings;
import io.wafleet.worker.WorkerSettings;
import io.wafleet.worker.sealing.CredentialCipher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Moves in from the service before this one: shows what it would do; does it with {@code --yes}. */
final class ImportCommand extends SettingsCommand {
    private static final String FILE = "--from-file";
    private static final String FIRESTORE = "--from-firestore";
    private static final String YES = "--yes";
    private static final String JSON = "--json";
    private static final String CONVERSATIONS = "--conversations-only";
    private static final int TELL_EVERY = 5_000;

    ImportCommand(Console console) {
        super(console, "import",
                "Moves accounts, sessions and conversations in from the service before this one. Without --yes nothing"
                        + " is written; the source never is. May be repeated, also after it was cut.",
                CommandLines.all(StoreSettings.SETTINGS, KafkaSettings.SETTINGS,
                        List.of(IdentitySettings.REGION, WorkerSettings.KEYS, WorkerSettings.KEYS_FILE)));
    }

    @Override
    CommandSpec spec() {
        return super.spec()
                .addOption(OptionSpec.builder(FILE).paramLabel("<folder>").type(Path.class)
                        .description("Folder with accounts.json, wa_sessions.json, threads.json, messages.json,"
                                + " outbox.json: each an object of path and document.")
                        .build())
                .addOption(OptionSpec.builder(FIRESTORE).paramLabel("<project>").type(String.class)
                        .description("Google Cloud project in whose Firestore the original kept them.").build())
                .addOption(OptionSpec.builder(YES).type(boolean.class).description("Do it.").build())
                .addOption(OptionSpec.builder(CONVERSATIONS).type(boolean.class)
                        .description("Leave the fleet alone, so that it need not run: accounts stay where they are.")
                        .build())
                .addOption(OptionSpec.builder(JSON).type(boolean.class).description("Report as JSON.").build());
    }

    @Override
    int run(Settings given, ParseResult parsed) {
        Logging.configure(Logging.Format.TEXT, Logging.Verbosity.ERROR);
        KafkaSettings kafka = KafkaSettings.from(given);
        StoreSettings stores = StoreSettings.from(given);
        String region = given.get(IdentitySettings.REGION);
        CredentialCipher cipher = cipher(given);
        given.check();
        if (parsed.hasMatchedOption(FILE) == parsed.hasMatchedOption(FIRESTORE)) {
            return console.mend("name one source: " + FILE + " or " + FIRESTORE);
        }
        MovePlan plan = Original.plan(documents(parsed), new PhoneNumbers(region));
        boolean yes = parsed.hasMatchedOption(YES);
        FleetAccounts fleet = parsed.hasMatchedOption(CONVERSATIONS)
                ? null
                : new FleetAccounts(new KafkaClients(kafka));
        try (ConversationStore store = open(stores, yes)) {
            ImportRun run = new ImportRun(plan, store, fleet, cipher);
            tell(yes ? run.carryOut(this::progress) : run.rehearse(), parsed.hasMatchedOption(JSON));
        }
        return 0;
    }

    /** A dry run makes no file. */
    private static @Nullable ConversationStore open(StoreSettings settings, boolean yes) {
        boolean isThere = settings.kind() != StoreSettings.Kind.SQLITE || Files.exists(settings.sqliteFile());
        return yes || isThere ? Stores.open(settings) : null;
    }

    private List<OriginalDocument> documents(ParseResult parsed) {
        if (parsed.hasMatchedOption(FILE)) {
            return new OriginalFolder(parsed.<Path>matchedOptionValue(FILE, Path.of("."))).read();
        }
        try (FirestoreOriginal source = FirestoreOriginal.open(parsed.matchedOptionValue(FIRESTORE, ""))) {
            return source.read(count -> {
                if (count % TELL_EVERY == 0) {
                    console.err().printf(Locale.ROOT, "%,d documents read%n", count);
                }
            });
        }
    }

    private static @Nullable CredentialCipher cipher(Settings given) {
        String keys = given.get(WorkerSettings.KEYS);
        if (given.isGiven(WorkerSettings.KEYS_FILE)) {
            try {
                keys = Files.readString(given.get(WorkerSettings.KEYS_FILE));
            } catch (IOException _) {
                given.problem(WorkerSettings.KEYS_FILE.option() + ": cannot be read");
                return null;
            }
        }
        try {
            return keys.isEmpty() ? null : CredentialCipher.of(keys);
        } catch (IllegalArgumentException e) {
            throw new CannotMoveException("the credential keys must be " + e.getMessage());
        }
    }

    /** Beside the report, which may be read by a program. */
    private void progress(int done, int all) {
        if (done % TELL_EVERY == 0 || (done == all && all > TELL_EVERY)) {
            console.err().printf(Locale.ROOT, "%3d %%  %,d of %,d changes kept%n", done * 100L / all, done, all);
        }
    }

    private void tell(ImportReport report, boolean asJson) {
        if (asJson) {
            console.out().println(JsonCodec.text(report));
        } else {
            report.print(console.out());
        }
        console.out().flush();
    }
}
