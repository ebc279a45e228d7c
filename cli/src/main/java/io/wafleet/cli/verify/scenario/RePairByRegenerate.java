package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.verify.Account;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import java.time.Duration;
import java.util.Objects;

/** After a logout a person regenerates the QR, scans it, and the account is back. */
record RePairByRegenerate() implements Scenario {
    @Override
    public String answers() {
        return "requiresQR stayed true after a successful re-pair, so restores skipped the account from then on (0.3 no. 11)";
    }

    @Override
    public Needs needs() {
        return Needs.SIMULATOR;
    }

    @Override
    public void play(Scene scene) {
        Account account = scene.newAccount();
        account.add();
        scene.await("the first QR is shown", Duration.ZERO, () -> account.qr() != null, account::standing);
        String first = Objects.requireNonNull(account.qr());
        account.scan();
        account.awaitConnected();
        account.unlinkOnPhone();
        account.await("needs_qr", "logged_out", Duration.ZERO);
        scene.expectEqual("the answer to regenerate-qr", 200, account.regenerate().status());
        account.await("qr_ready", null, Duration.ZERO);
        String second = account.qr();
        scene.expect("a new QR is shown", second != null && !second.equals(first), second == null ? "none" : "");
        account.scan();
        account.awaitConnected();
        scene.expect("requiresQR is false", !account.standing().requiresQr(), account.standing());
    }
}
