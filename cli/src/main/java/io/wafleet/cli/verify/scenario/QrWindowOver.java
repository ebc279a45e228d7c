package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.verify.Account;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import io.wafleet.cli.verify.Standing;
import java.time.Duration;
import java.util.Objects;

/** Nobody scans at all: the account waits for a person, with nothing left of the pairing, and leaves WhatsApp alone. */
record QrWindowOver() implements Scenario {
    @Override
    public String answers() {
        return "after ten minutes only a document said needs_qr: socket and lock stayed, later attempts were 'already connecting' (4.2)";
    }

    @Override
    public Needs needs() {
        return Needs.SIMULATOR;
    }

    @Override
    public void play(Scene scene) {
        Account account = scene.newAccount();
        account.add();
        Standing shown = account.await("qr_ready", null, Duration.ZERO);
        Duration window = scene.timers().session().qrWindow();
        Standing over = account.await("needs_qr", "qr_window_over", window);
        // By the owner's clock: it counts from the QR, not from the look that saw it.
        Duration took = Duration.between(Objects.requireNonNull(shown.since()), Objects.requireNonNull(over.since()));
        scene.expect("the window was as long as it should be", took.compareTo(window.minusSeconds(2)) > 0,
                took.toMillis() + " ms of " + window.toMillis());
        account.expectNoConnectsUnderThisStatus();
        scene.expectEqual("the number of connections that are left", 0L,
                account.connections().stream().filter(c -> c.endedAt() == null).count());
        account.expectNeedsQr("qr_window_over", null);
        scene.expectEqual("the answer to regenerate-qr", 200, account.regenerate().status());
        account.scan();
        account.awaitConnected();
    }
}
