package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.verify.Account;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import java.util.List;

/** One phone, added in eight notations: one account, one connection. */
record EightNotations() implements Scenario {
    @Override
    public String answers() {
        return "0040... gave another id than +40...; re-adding a connected phone opened a second socket (0.2, 0.3 no. 14, 2.3)";
    }

    @Override
    public Needs needs() {
        return Needs.SIMULATOR;
    }

    @Override
    public void play(Scene scene) {
        Account account = scene.linked();
        String rest = account.phone().substring(2);
        List<String> notations = List.of("0" + rest, "+40" + rest, "40" + rest, "0040 " + rest,
                "(40" + rest.charAt(0) + ") " + rest.substring(1, 4) + "-" + rest.substring(4),
                "0" + rest.substring(0, 3) + "-" + rest.substring(3, 6) + "-" + rest.substring(6),
                "+40 " + rest.substring(0, 3) + " " + rest.substring(3, 6) + " " + rest.substring(6), "tel:+40" + rest);
        account.mark();
        for (int i = 0; i < notations.size(); i++) {
            Http.Answer answer = account.addAs(notations.get(i));
            boolean isSame = answer.status() == 200
                    && answer.json().path("account").path("id").asString("").equals(account.id().value())
                    && answer.json().path("account").path("status").asString("").equals("connected");
            scene.expect("notation " + (i + 1) + " is the same account, connected", isSame,
                    isSame ? "" : answer.body());
            scene.expectEqual("the number of connects since", 0, account.newConnections().size());
        }
        long listed = scene.get("/api/whatsapp/accounts").ok().path("accounts").valueStream()
                .filter(a -> a.path("phone").asString("").equals("+" + account.phone())).count();
        scene.expectEqual("the number of accounts with this phone in the list", 1L, listed);
    }
}
