package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.verify.Account;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import java.time.Duration;

/** A person presses "regenerate" again and again: the QR that stands is the answer, and nothing is opened anew. */
record RegenerateIsIdempotent() implements Scenario {
    private static final int TIMES = 5;

    @Override
    public String answers() {
        return "regenerate QR: the first was a 200, then came a storm of 500 and 'already connecting' (9 no. 5)";
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
        account.mark();
        for (int i = 0; i < TIMES; i++) {
            Http.Answer answer = scene.post("/api/whatsapp/regenerate-qr/" + account.id(), "{}");
            scene.expect("regenerate-qr answers with the QR that stands",
                    answer.status() == 200 && !answer.json().path("qrCode").asString("").isEmpty(),
                    answer.status() + ", " + answer.json().path("message").asString(""));
        }
        scene.expectEqual("the number of connects since", 0, account.newConnections().size());
        account.scan();
        account.awaitConnected();
        scene.expectEqual("the answer to regenerate-qr while connected", 409, account.regenerate().status());
        scene.expectEqual("the status after that", "connected", account.standing().status());
    }
}
