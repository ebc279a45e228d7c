package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.verify.Account;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import java.time.Duration;

/** All workers die, and none follows: as soon as their lease is over, nothing is called connected any more. */
record OwnerLostAtOnce() implements Scenario {
    private static final Duration TO_BE_SEEN = Duration.ofSeconds(5);

    @Override
    public String answers() {
        return "health said healthy and accounts 'connected' while nobody held a connection (0.3 no. 13, 9 no. 14)";
    }

    @Override
    public Needs needs() {
        return Needs.PROCESSES;
    }

    @Override
    public void play(Scene scene) {
        Account account = scene.linked();
        account.mark();
        scene.crew().workers().forEach(scene.crew()::kill);
        long begun = System.nanoTime();
        account.await("reconnecting (owner_lost), by nobody", scene.timers().lease(),
                s -> s.is("reconnecting", "owner_lost") && s.owner() == null);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        scene.expect("it was said as soon as the lease was over",
                took.compareTo(scene.timers().lease().plus(TO_BE_SEEN)) < 0,
                took.toMillis() + " ms, lease " + scene.timers().lease().toMillis() + " ms");
        scene.expectEqual("the number of accounts that the fleet calls connected", 0L,
                scene.get("/api/fleet").ok().path("accounts").path("connected").asLong(-1));
        scene.expectEqual("what health says", "degraded",
                scene.get("/health").ok().path("status").asString(""));
        scene.crew().startWorkers(2);
        account.awaitConnected(scene.timers().lease());
    }
}
