package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.verify.Account;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import java.time.Duration;

/** After a logout a person adds the same phone again, in another notation: the same account asks for a scan, and is back. */
record RePairByAdd() implements Scenario {
    @Override
    public String answers() {
        return "add-account made a second socket or another id instead of a new QR for the account there was (0.3 no. 14, 9 no. 3)";
    }

    @Override
    public Needs needs() {
        return Needs.SIMULATOR;
    }

    @Override
    public void play(Scene scene) {
        Account account = scene.linked();
        account.unlinkOnPhone();
        account.await("needs_qr", "logged_out", Duration.ZERO);
        Http.Answer again = account.addAs("0" + account.phone().substring(2));
        scene.expectEqual("the answer to add-account", 200, again.status());
        scene.expectEqual("the id", account.id().value(), again.json().path("account").path("id").asString(""));
        account.await("qr_ready", null, Duration.ZERO);
        account.scan();
        account.awaitConnected();
        scene.expect("requiresQR is false", !account.standing().requiresQr(), account.standing());
    }
}
