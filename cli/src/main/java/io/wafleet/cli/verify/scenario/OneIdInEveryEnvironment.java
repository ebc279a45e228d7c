package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.fleet.FleetProcess;
import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.verify.Account;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** A second gateway, in an environment that says something else of host, stage and place: the same phone is the same account. */
record OneIdInEveryEnvironment() implements Scenario {
    private static final Map<String, String> ELSEWHERE = Map.of("NODE_ENV", "development", "INSTANCE_ID", "elsewhere",
            "DEPLOYMENT_ID", "7", "HOSTNAME", "elsewhere", "TZ", "Asia/Tokyo", "LC_ALL", "tr_TR.UTF-8");

    @Override
    public String answers() {
        return "the id's namespace was NODE_ENV, so a redeploy in another environment lost the conversations (2.2, 9 no. 6)";
    }

    @Override
    public Needs needs() {
        return Needs.OWN_FLEET;
    }

    @Override
    public void play(Scene scene) {
        Account account = scene.linked();
        List.of("production", "development", "test").forEach(stage -> scene.expectEqual(
                "account-id with NODE_ENV=" + stage, account.id().value(), scene.crew().accountId("account-id-" + stage,
                        "+" + account.phone(), Map.of("NODE_ENV", stage))));
        account.mark();
        try (FleetProcess other = scene.crew().startGateway("gateway-elsewhere", ELSEWHERE)) {
            scene.await("the other gateway runs", Duration.ZERO, other::isRunning, other::output);
            String order = "{\"phone\":\"0" + account.phone().substring(2) + "\"}";
            AtomicReference<Http.Answer> last = new AtomicReference<>();
            // It reads its topics first, and says so.
            scene.await("the other gateway takes orders", Duration.ZERO, () -> {
                last.set(scene.crew().postTo(other, "/api/whatsapp/add-account", order));
                return last.get().status() != 503;
            }, last::get);
            Http.Answer answer = last.get();
            scene.expectEqual("the answer of the other gateway", 200, answer.status());
            scene.expectEqual("the id there", account.id().value(),
                    answer.json().path("account").path("id").asString(""));
        }
        scene.expectEqual("the number of connects since", 0, account.newConnections().size());
        scene.expectEqual("the status", "connected", account.standing().status());
    }
}
