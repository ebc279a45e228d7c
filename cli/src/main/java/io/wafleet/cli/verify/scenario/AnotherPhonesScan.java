package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.verify.Account;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import java.time.Duration;

/** A phone with another number than the account's scans its QR: refused, and told why; the account is still its own phone's. */
record AnotherPhonesScan() implements Scenario {
    @Override
    public String answers() {
        return "the scanning phone's number overwrote the account's, under the id of another number (2.3, 3.1, 9 'phone shown wrong')";
    }

    @Override
    public Needs needs() {
        return Needs.SIMULATOR;
    }

    @Override
    public void play(Scene scene) {
        Account account = scene.newAccount();
        String other = scene.newAccount().phone();
        account.add();
        account.scanWith(other);
        account.await("needs_qr", "phone_mismatch", Duration.ZERO);
        account.expectNeedsQr("phone_mismatch", null);
        String phone = scene.get("/api/whatsapp/accounts/" + account.id()).ok().path("account").path("phone")
                .asString("");
        scene.expect("the account's phone is still its own", phone.equals("+" + account.phone()), "");
        account.expectNoConnectsUnderThisStatus();
        scene.await("the other phone has no linked account", Duration.ZERO, () -> scene.linkedTo(other).isEmpty(),
                () -> scene.linkedTo(other));
        scene.note("the other phone has no linked account");
        scene.expectEqual("the answer to regenerate-qr", 200, account.regenerate().status());
        account.scan();
        account.awaitConnected();
    }
}
