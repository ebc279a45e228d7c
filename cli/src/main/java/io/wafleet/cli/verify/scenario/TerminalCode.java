package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.verify.Account;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import java.time.Duration;

/**
 * WhatsApp ends the session for good.
 *
 * @param code its close code
 * @param reason what the status then says
 */
record TerminalCode(int code, String reason) implements Scenario {
    private static final int CONFLICT = 409;

    @Override
    public String name() {
        return "terminal-code-" + code;
    }

    @Override
    public String answers() {
        return "only 401 was terminal: 500 reconnected with dead credentials, 403 and 411 were retried like a network blip (0.2, 4.2)";
    }

    @Override
    public Needs needs() {
        return Needs.SIMULATOR;
    }

    @Override
    public void play(Scene scene) {
        Account account = scene.linked();
        account.expectCredentials();
        account.closeWith(code);
        account.await("needs_qr", reason, Duration.ZERO);
        account.expectNoConnects("ten of the longest backoffs");
        account.expectNeedsQr(reason, code);
        scene.expectEqual("the answer to reconnect", CONFLICT, account.order("reconnect").status());
        scene.expectEqual("its status after that", "needs_qr", account.standing().status());
        account.expectNoConnects(scene.timers().session().backoffMax(), "one more of the longest backoffs");
    }
}
