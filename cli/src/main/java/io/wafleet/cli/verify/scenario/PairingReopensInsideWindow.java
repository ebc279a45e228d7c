package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.verify.Account;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import java.time.Duration;
import java.util.Objects;

/** WhatsApp closes the connection because nobody scanned (408): inside the QR window the next one brings new QRs. */
record PairingReopensInsideWindow() implements Scenario {
    private static final int TIMED_OUT = 408;

    @Override
    public String answers() {
        return "when the QRs ran out the socket was closed with 408, no new one was opened, and the last QR stayed on show (0.2)";
    }

    @Override
    public Needs needs() {
        return Needs.SIMULATOR;
    }

    @Override
    public void play(Scene scene) {
        Account account = scene.newAccount();
        account.add();
        Duration window = scene.timers().session().qrWindow();
        scene.await("WhatsApp closes with 408", window,
                () -> account.newConnections().stream().anyMatch(c -> Objects.equals(c.code(), TIMED_OUT)),
                account::standing);
        scene.note(account + ": WhatsApp closed its connection with 408");
        scene.await("another connection shows a QR", scene.timers().session().connectTimeout(),
                () -> account.newConnections().size() > 1 && account.standing().status().equals("qr_ready"),
                account::standing);
        scene.expect("needs_qr was never said", account.since().stream().noneMatch(s -> s.status().equals("needs_qr")),
                "");
        account.scan();
        account.awaitConnected();
    }
}
