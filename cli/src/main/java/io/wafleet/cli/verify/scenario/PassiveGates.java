package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.verify.Account;
import io.wafleet.cli.verify.FleetTopics;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import io.wafleet.contract.Topic;
import tools.jackson.databind.JsonNode;

/** No worker lives: what needs one is refused with the body that clients know, and nothing of it is kept for later. */
record PassiveGates() implements Scenario {
    private static final String BODY = "{\"success\":false,\"error\":\"PASSIVE mode: another instance holds lock; retry shortly\",\"mode\":\"passive\"}";
    private static final String FRIEND = "40722000113";

    @Override
    public String answers() {
        return "PASSIVE said 503 with success:true and queued what was refused; no Retry-After; other routes were not gated (1.2)";
    }

    @Override
    public Needs needs() {
        return Needs.PROCESSES;
    }

    @Override
    public void play(Scene scene) {
        Account account = scene.linked();
        Account never = scene.newAccount();
        scene.crew().workers().forEach(scene.crew()::kill);
        account.await("reconnecting", "owner_lost", scene.timers().lease());
        scene.await("no partition has an owner", scene.timers().lease(), () -> isWithoutOwners(scene),
                () -> scene.get("/api/fleet").body());
        FleetTopics topics = scene.crew().topics();
        long commands = topics.count(Topic.COMMANDS, account.id());
        long outbox = topics.count(Topic.OUTBOX, account.id());
        isPassive(scene, "send-message", account.send(FRIEND, "Refused"));
        isPassive(scene, "regenerate-qr", account.regenerate());
        isPassive(scene, "add-account of a known phone", account.addAs("+" + account.phone()));
        isPassive(scene, "add-account of a new phone", never.addAs("+" + never.phone()));
        isPassive(scene, "reconnect", account.order("reconnect"));
        scene.expectEqual("the answer to a read", 200,
                scene.get("/api/whatsapp/accounts/" + account.id()).status());
        Http.Answer kept = account.send(FRIEND, "Kept", "Prefer", "respond-async");
        scene.expectEqual("the answer to a send with Prefer: respond-async", 202, kept.status());
        scene.expectEqual("the number of its commands on the topic", commands,
                topics.count(Topic.COMMANDS, account.id()));
        scene.expectEqual("the number of its requests in the outbox, with the one that was accepted", outbox + 1,
                topics.count(Topic.OUTBOX, account.id()));
        scene.expectEqual("the number of records for the phone that was refused", 0L,
                topics.count(Topic.COMMANDS, never.id()) + topics.count(Topic.OUTBOX, never.id()));
        scene.crew().startWorkers(2);
        account.awaitConnected(scene.timers().lease());
        scene.await("the message that was accepted reaches WhatsApp", scene.timers().lease(),
                () -> account.shownTo(FRIEND) > 0, kept::body);
        scene.expectEqual("the number of messages that reached it", 1L, account.shownTo(FRIEND));
        scene.expectEqual("what the list says of the phone that was refused", "unlisted", never.standing().status());
    }

    private static boolean isWithoutOwners(Scene scene) {
        JsonNode partitions = scene.get("/api/fleet").ok().path("partitions");
        return partitions.path("withoutOwner").size() == partitions.path("total").asInt(-1);
    }

    private static void isPassive(Scene scene, String what, Http.Answer answer) {
        String found = answer.status() + ", Retry-After " + answer.headers().get("retry-after") + ", " + answer.body();
        scene.expect(what + " is refused with exactly the PASSIVE body", found.equals("503, Retry-After 2, " + BODY),
                found);
    }
}
