package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.verify.Account;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Scene;
import io.wafleet.cli.verify.Standing;
import io.wafleet.worker.session.SessionPolicy;
import java.util.List;

/** WhatsApp answers nobody any more, not even a connect: each attempt ends, by the connect timer at the latest, and the next one follows, until it answers. */
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
            account.await("reconnecting, after an attempt that failed, with a next one",
                    session.connectTimeout().plus(session.backoffMax()), WhatsAppUnreachable::isFailedAttempt);
            scene.expect("it is not given up", account.since().stream().noneMatch(
                    (Standing s) -> List.of("disconnected", "needs_qr").contains(s.status())), "");
        });
        scene.crew().wakeWhatsApp();
        accounts.forEach(account -> account.awaitConnected(session.connectTimeout().plus(session.backoffMax())));
    }

    /** A socket may give its handshake up before the connect timer is over. */
    private static boolean isFailedAttempt(Standing standing) {
        return (standing.is("reconnecting", "connect_timeout") || standing.is("reconnecting", "network"))
                && standing.nextAttemptAt() != null;
    }
}
