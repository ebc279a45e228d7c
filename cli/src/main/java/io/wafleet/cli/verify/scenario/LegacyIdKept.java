package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.verify.Account;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.Command;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.PhoneNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * An account of an older release, known to the fleet under its id of then: it works under it, and adding its phone finds it. (There is no
 * import yet: the fleet learns of the account by a command on the topic, as any writer of the topic could give it.)
 */
record LegacyIdKept() implements Scenario {
    private static final String STABLE = "account_prod_";

    @Override
    public String answers() {
        return "a helper that finds legacy ids existed, and nothing called it (0.2, 2.2)";
    }

    @Override
    public Needs needs() {
        return Needs.OWN_FLEET;
    }

    @Override
    public void play(Scene scene) {
        Account account = scene.newAccount();
        AccountId legacy = new AccountId(account.id().value().replace(STABLE, "account_dev_"));
        account.follow(legacy);
        account.mark();
        Epoch epoch = new Epoch(scene.crew().epoch(scene.crew().topics().partition(legacy)));
        scene.note(account + " is " + legacy + ", by a command on the topic");
        scene.crew().topics().write(new Command.LinkAccount(new CommandId(UUID.randomUUID().toString()), legacy,
                Instant.now(), epoch, new PhoneNumber("+" + account.phone()), "Legacy"));
        account.scan();
        account.awaitConnected();
        Http.Answer added = account.addAs("+" + account.phone());
        scene.expectEqual("the answer to add-account", 200, added.status());
        scene.expectEqual("the id of its phone", legacy.value(),
                added.json().path("account").path("id").asString(""));
        scene.expectEqual("the number of connects since", 0, account.newConnections().size());
        Http.Answer sent = account.send("40722000112", "Hello");
        scene.await("a message sent under the legacy id reaches WhatsApp", Duration.ZERO,
                () -> account.shownTo("40722000112") == 1, sent::body);
        account.unlinkOnPhone();
        account.await("needs_qr", "logged_out", Duration.ZERO);
        scene.expectEqual("the answer to regenerate-qr", 200, account.regenerate().status());
        account.scan();
        account.awaitConnected();
    }
}
