package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import java.util.List;

/** What is no phone number is refused, never hashed to an id. */
record ImpossiblePhones() implements Scenario {
    @Override
    public String answers() {
        return "any garbage became an id, all of it the same one, and an empty phone was a 500 (2.3)";
    }

    @Override
    public Needs needs() {
        return Needs.GATEWAY;
    }

    @Override
    public void play(Scene scene) {
        for (String phone : List.of("abc", "+", "0", "00", "07", "", "+999999999999999999")) {
            Http.Answer answer = scene.post("/api/whatsapp/add-account",
                    "{\"name\":\"Verify\",\"phone\":\"" + phone + "\"}");
            scene.expectEqual("the answer to '" + phone + "'", 400, answer.status());
        }
    }
}
