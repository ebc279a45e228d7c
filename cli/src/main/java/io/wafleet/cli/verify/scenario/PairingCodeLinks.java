package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.verify.Account;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import java.time.Duration;

/** A code typed on the phone links the account as well as a scan. */
record PairingCodeLinks() implements Scenario {
    @Override
    public String answers() {
        return "pairingCode was a field that nothing ever filled; a QR was the only way (3.1)";
    }

    @Override
    public Needs needs() {
        return Needs.SIMULATOR;
    }

    @Override
    public void play(Scene scene) {
        Account account = scene.newAccount();
        account.add();
        account.await("qr_ready", null, Duration.ZERO);
        scene.expectEqual("the answer to pairing-code", 200, account.order("pairing-code").status());
        account.await("pairing_code_ready", null, scene.timers().session().connectTimeout());
        String code = scene.get("/api/whatsapp/accounts/" + account.id()).ok().path("account").path("pairingCode")
                .asString("");
        scene.expect("the account shows the code", !code.isEmpty(), code.length() + " characters");
        account.type(code);
        account.awaitConnected();
    }
}
