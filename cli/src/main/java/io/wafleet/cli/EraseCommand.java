package io.wafleet.cli;

import io.wafleet.cli.moving.AccountFolder;
import io.wafleet.cli.moving.FleetAccounts;
import io.wafleet.cli.moving.MediaFolder;
import io.wafleet.contract.AccountId;
import io.wafleet.conversations.ConversationStore;
import io.wafleet.conversations.store.StoreSettings;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.logging.Logging;
import io.wafleet.media.MediaSettings;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.settings.Settings;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Takes all that is kept of one account away for good, at a person's request:
 * <ol>
 * <li>The account is deleted in the fleet, so that nothing new comes. When that cannot be, nothing else is done.
 * <li>It is erased in the store, with a mark that keeps out whatever the topics still tell.
 * <li>Its media are erased.
 * </ol>
 * Each may be done again.
 */
final class EraseCommand extends SettingsCommand {
    private static final String ACCOUNT = "--account";
    private static final String CONFIRM = "--confirm";
    private static final String CONVERSATIONS = "--conversations-only";

    EraseCommand(Console console) {
        super(console, "erase",
                "Deletes one account in the fleet, and takes all that is kept of it out of the store and the media folder"
                        + " for good. What the topics hold goes with their retention, and never comes back into the store.",
                CommandLines.all(StoreSettings.SETTINGS, MediaSettings.SETTINGS, KafkaSettings.SETTINGS));
    }

    @Override
    CommandSpec spec() {
        return super.spec()
                .addOption(OptionSpec.builder(ACCOUNT).paramLabel("<id>").type(String.class).required(true)
                        .description("Whose data.").build())
                .addOption(OptionSpec.builder(CONFIRM).paramLabel("<id>").type(String.class)
                        .description("The same id once more.").build())
                .addOption(OptionSpec.builder(CONVERSATIONS).type(boolean.class)
                        .description("Leave the fleet alone, so that it need not run: an account that is there goes on,"
                                + " and what happens from now on is kept.")
                        .build());
    }

    @Override
    int run(Settings given, ParseResult parsed) {
        Logging.configure(Logging.Format.TEXT, Logging.Verbosity.ERROR);
        StoreSettings stores = StoreSettings.from(given);
        Optional<MediaFolder> media = MediaSettings.from(given).dir().map(MediaFolder::new);
        KafkaSettings kafka = KafkaSettings.from(given);
        given.check();
        AccountId account = AccountFolder.id(parsed.matchedOptionValue(ACCOUNT, ""));
        if (!account.value().equals(parsed.matchedOptionValue(CONFIRM, ""))) {
            return console.mend("nothing was erased: say --confirm " + account + " as well; there is no way back");
        }
        try (ConversationStore store = AccountFolder.openKnown(stores)) {
            Instant at = Instant.now();
            if (!parsed.hasMatchedOption(CONVERSATIONS)) {
                Optional<Instant> deleted = new FleetAccounts(new KafkaClients(kafka)).delete(account);
                console.out().println(deleted.isPresent()
                        ? "the account is deleted in the fleet, and its credentials are cleared"
                        : "the fleet does not know the account");
                // its owner's clock may be ahead
                at = deleted.filter(at::isBefore).orElse(at);
            }
            long documents = store.erase(account, at);
            long files = media.isPresent() ? media.get().erase(account) : 0;
            console.out().printf(Locale.ROOT, "%s: %,d documents and %,d media files erased%n", account, documents,
                    files);
        }
        media.map(MediaFolder::doubt)
                .orElse(Optional.of("media were not looked for: --media-dir names no folder"))
                .ifPresent(console.out()::println);
        console.out().println("What the topics hold goes with their retention; none of it comes back into this store.");
        console.out().flush();
        return 0;
    }
}
