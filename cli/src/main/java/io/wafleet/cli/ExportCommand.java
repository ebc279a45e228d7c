package io.wafleet.cli;

import io.wafleet.cli.moving.AccountFolder;
import io.wafleet.cli.moving.MediaFolder;
import io.wafleet.contract.AccountId;
import io.wafleet.conversations.ConversationStore;
import io.wafleet.conversations.store.StoreSettings;
import io.wafleet.logging.Logging;
import io.wafleet.media.MediaSettings;
import io.wafleet.settings.Settings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Writes all that is kept of one account into a folder, for a person who wants it. */
final class ExportCommand extends SettingsCommand {
    private static final String ACCOUNT = "--account";
    private static final String TO = "--to";

    ExportCommand(Console console) {
        super(console, "export",
                "Writes all that is kept of one account as files: account, threads, messages (also what was taken back),"
                        + " and media; no credentials.",
                CommandLines.all(StoreSettings.SETTINGS, MediaSettings.SETTINGS));
    }

    @Override
    CommandSpec spec() {
        return super.spec()
                .addOption(OptionSpec.builder(ACCOUNT).paramLabel("<id>").type(String.class).required(true)
                        .description("Whose data.").build())
                .addOption(OptionSpec.builder(TO).paramLabel("<folder>").type(Path.class).required(true)
                        .description("An empty folder, or one that is made.").build());
    }

    @Override
    int run(Settings given, ParseResult parsed) {
        Logging.configure(Logging.Format.TEXT, Logging.Verbosity.ERROR);
        StoreSettings stores = StoreSettings.from(given);
        MediaSettings media = MediaSettings.from(given);
        given.check();
        AccountId account = AccountFolder.id(parsed.matchedOptionValue(ACCOUNT, ""));
        Path folder = parsed.<Path>matchedOptionValue(TO, Path.of("."));
        try (ConversationStore store = AccountFolder.openKnown(stores)) {
            AccountFolder.Written written = AccountFolder.write(store, account,
                    media.dir().map(MediaFolder::new), folder);
            console.out().printf(Locale.ROOT, "%s: %,d threads, %,d messages, %,d media files in %s%n", account,
                    written.threads(), written.messages(), written.media(), folder);
            media.dir().map(MediaFolder::new).map(MediaFolder::doubt)
                    .orElse(Optional.of("media were not looked for: --media-dir names no folder"))
                    .ifPresent(console.out()::println);
            console.out().flush();
        }
        return 0;
    }
}
