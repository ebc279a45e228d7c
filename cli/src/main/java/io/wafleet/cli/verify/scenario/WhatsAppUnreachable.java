package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.verify.Account;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import io.wafleet.cli.verify.Standing;
import io.wafleet.worker.session.SessionPolicy;
import java.util.List;

/** WhatsApp answers nobody any more, not even a connect: the connect timer ends each attempt, the next one follows, until it answers. */
record WhatsAppUnreachable() implements Scenario {
    @Override
    public String name() {
        return "whatsapp-unreachable";
    }

    @Override
    public String answers() {
        return "the connect timer only wrote 'disconnected': socket and lock stayed, and nothing ever tried again (4.2)";
    }

    @Override
    public Needs needs() {
        return Needs.PROCESSES;
    }

    @Override
    public void play(Scene scene) {
        SessionPolicy session = scene.timers().session();
        List<Account> accounts = scene.linked(2);
        accounts.forEach(Account::mark);
        scene.crew().freezeWhatsApp();
        accounts.forEach(account -> {
            account.await("reconnecting", "keepalive_timeout",
                    session.keepAliveTimeout().plus(session.keepAliveInterval()));
            account.await("reconnecting (connect_timeout), with a next attempt",
                    session.connectTimeout().plus(session.backoffMax()),
                    s -> s.is("reconnecting", "connect_timeout") && s.nextAttemptAt() != null);
            scene.expect("it is not given up", account.since().stream().noneMatch(
                    (Standing s) -> List.of("disconnected", "needs_qr").contains(s.status())), "");
        });
        scene.crew().wakeWhatsApp();
        accounts.forEach(account -> account.awaitConnected(session.connectTimeout().plus(session.backoffMax())));
    }
}
