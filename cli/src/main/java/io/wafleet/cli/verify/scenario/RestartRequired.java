package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.verify.Account;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import io.wafleet.simulator.ledger.LedgerConnection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** WhatsApp closes with 515 after the scan, and once more later: each time the account opens a new connection at once. */
record RestartRequired() implements Scenario {
    private static final int RESTART = 515;
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    @Override
    public String answers() {
        return "after the scan WhatsApp says 515; no new socket was opened and the account stayed qr_ready (0.3 no. 4)";
    }

    @Override
    public Needs needs() {
        return Needs.SIMULATOR;
    }

    @Override
    public void play(Scene scene) {
        Account account = scene.newAccount();
        account.add();
        account.scan();
        account.awaitConnected();
        scene.expect("it did not count as a failure",
                account.since().stream().noneMatch(s -> s.status().equals("reconnecting")), "");
        openedAnew(scene, account);
        account.closeWith(RESTART);
        account.awaitConnected();
        openedAnew(scene, account);
    }

    private static void openedAnew(Scene scene, Account account) {
        List<LedgerConnection> all = account.connections();
        LedgerConnection before = all.get(all.size() - 2);
        scene.expect("the connection before was closed with 515", Objects.equals(before.code(), RESTART),
                before.code() == null ? "no code" : "");
        Duration gap = Duration.between(Objects.requireNonNull(before.endedAt()), all.getLast().openedAt());
        scene.expect("the next one was opened at once", gap.compareTo(AT_ONCE) < 0, gap.toMillis() + " ms later");
    }
}
