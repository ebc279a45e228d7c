package io.wafleet.cli;

import io.wafleet.contract.PhoneNumber;
import io.wafleet.identity.AccountIds;
import io.wafleet.identity.PhoneNumbers;
import io.wafleet.settings.IdentitySettings;
import io.wafleet.settings.Settings;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Prints the account id of a phone number, in whatever notation. */
final class AccountIdCommand extends SettingsCommand {
    AccountIdCommand(Console console) {
        super(console, "account-id", "Prints the account id of a phone number, in whatever notation.",
                IdentitySettings.SETTINGS);
    }

    @Override
    CommandSpec spec() {
        return super.spec().addPositional(PositionalParamSpec.builder().index("0").paramLabel("PHONE").required(true)
                .type(String.class).description("The phone number.").build());
    }

    @Override
    int run(Settings given, ParseResult parsed) {
        IdentitySettings identity = IdentitySettings.from(given);
        given.check();
        Optional<PhoneNumber> phone = new PhoneNumbers(identity.defaultRegion())
                .parse(parsed.matchedPositionalValue(0, ""));
        if (phone.isEmpty()) {
            return console.mend("PHONE: must be a possible phone number");
        }
        console.out().println(new AccountIds(identity.namespace()).of(phone.get()).value());
        return 0;
    }
}
