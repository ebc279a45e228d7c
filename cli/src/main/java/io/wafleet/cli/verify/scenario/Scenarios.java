package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.verify.Scenario;
import java.util.List;

/** All scenarios: those that wait longest first, so that those beside them need no more time; then those that strike processes. */
public final class Scenarios {
    private static final List<Scenario> ALL = List.of(new QrWindowOver(), new TerminalCode(401, "logged_out"),
            new TerminalCode(403, "forbidden"), new TerminalCode(411, "device_mismatch"),
            new TerminalCode(500, "bad_session"), new FailedReconnectsGoOn(), new Replaced(), new KeepAliveLoss(),
            new AnotherPhonesScan(), new PairingReopensInsideWindow(), new QrSurvivesConnectTimer(),
            new OneIdInEveryEnvironment(), new RestartRequired(), new RePairByRegenerate(), new RePairByAdd(),
            new RegenerateIsIdempotent(), new PairingCodeLinks(), new EightNotations(), new LegacyIdKept(),
            new ConversationsKept(), new ImpossiblePhones(),
            // One after the other from here on.
            new PassiveRecoveryAfterKill(), new PassiveRecoveryAfterLockLoss(), new HandoverOnRedeploy(),
            new OwnerLostAtOnce(), new PassiveGates(), new WhatsAppUnreachable(), new LoggedOutStaysOut(),
            new RestoreAfterFullRestart());

    private Scenarios() {}

    public static List<Scenario> all() {
        return ALL;
    }
}
