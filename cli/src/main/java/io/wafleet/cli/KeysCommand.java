package io.wafleet.cli;

import io.wafleet.settings.Settings;
import io.wafleet.worker.sealing.CredentialCipher;
import java.util.List;
import picocli.CommandLine.ParseResult;

/** Prints a new key set for sealing credentials; a secret, to be kept in a file that only the workers can read. */
final class KeysCommand extends SettingsCommand {
    KeysCommand(Console console) {
        super(console, "keys",
                "Prints a new key set that seals credentials; keep it secret, every worker needs the same.",
                List.of());
    }

    @Override
    int run(Settings given, ParseResult parsed) {
        console.out().println(CredentialCipher.newKeySet());
        return 0;
    }
}
