package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.verify.Account;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import java.time.Duration;

/**
 * What was said stays, through a logout and the account's deletion: the status of what was sent, and the fact of what came in. (A store
 * of conversations is not part of the fleet yet; these are what it has of them.)
 */
record ConversationsKept() implements Scenario {
    private static final String FRIEND = "40722000111";

    @Override
    public String answers() {
        return "conversations were orphaned or deleted with the account, inbound ones not even stored (0.2, 4.2, 9 no. 6)";
    }

    @Override
    public Needs needs() {
        return Needs.OWN_FLEET;
    }

    @Override
    public void play(Scene scene) {
        Account account = scene.linked();
        String message = account.send(FRIEND, "Hello").ok().path("messageId").asString("");
        account.hears(FRIEND, "Hello yourself");
        scene.await("the inbound message is told on the topic events", Duration.ZERO,
                () -> scene.crew().topics().inbound(account.id()) == 1, account::standing);
        scene.note("one message was sent, one came in; a store of conversations is not part of the fleet yet");
        account.unlinkOnPhone();
        account.await("needs_qr", "logged_out", Duration.ZERO);
        kept(scene, account, message, "the logout");
        scene.expectEqual("the answer to delete", 200, account.delete().status());
        account.await("unlisted", null, Duration.ZERO);
        kept(scene, account, message, "the deletion");
    }

    private static void kept(Scene scene, Account account, String message, String what) {
        String status = scene.get("/api/whatsapp/messages/" + message + "/status").ok().path("status").asString("");
        scene.expect("after " + what + " the message sent is known", status.matches("sent|delivered|read"), status);
        scene.expectEqual("after " + what + " the number of inbound messages on the topic events", 1L,
                scene.crew().topics().inbound(account.id()));
    }
}
