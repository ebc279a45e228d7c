package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.verify.Account;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import io.wafleet.cli.verify.Standing;
import java.time.Duration;
import java.util.List;

/** Nobody scans for twice the connect timer: the QR stands, on the connection that brought it, and can still be scanned. */
record QrSurvivesConnectTimer() implements Scenario {
    @Override
    public String answers() {
        return "pairing died while a person looked for the phone; a dead QR was kept on the screen (0.2, 4.2, 9 no. 4)";
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
        String first = account.qr();
        scene.pass(scene.timers().session().connectTimeout().multipliedBy(2), "nobody scans");
        List<Standing> seen = account.since();
        scene.expectEqual("the status", "qr_ready", account.standing().status());
        scene.expect("it was never anything else since the QR",
                seen.stream().dropWhile(s -> !s.status().equals("qr_ready")).allMatch(
                        s -> s.status().equals("qr_ready")),
                "");
        scene.expectEqual("the number of connects", 1, account.newConnections().size());
        String now = account.qr();
        scene.expect("the QR shown is the newest of those that WhatsApp rotates",
                now != null && !now.equals(first), now == null ? "none" : "");
        account.scan();
        account.awaitConnected();
    }
}
