package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.Content;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import io.wafleet.simulator.ledger.LedgerConnection;
import io.wafleet.simulator.ledger.LedgerMessage;
import io.wafleet.simulator.ledger.LedgerSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients and people at random, well and badly behaved; after every step what must always hold is checked. */
class RandomLifeTest {
    private static final int SEEDS = 60;
    private static final int STEPS = 400;

    @Test
    void whatMustAlwaysHoldHoldsInEveryLife() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            new Life(seed).live();
        }
    }

    /** One run. */
    private static final class Life {
        private final long seed;
        private final SplittableRandom random;
        private final Stage stage;
        private final List<ConnectionId> open = new ArrayList<>();
        private final Map<PhoneNumber, ServerFrame.Paired> credentials = new HashMap<>();
        private long counter = 1;

        Life(long seed) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            this.stage = new Stage(Behaviour.standard(), seed);
        }

        void live() {
            for (int step = 0; step < STEPS; step++) {
                step();
                check("seed " + seed + ", step " + step);
            }
            survivesARestart();
        }

        private PhoneNumber phone() {
            return new PhoneNumber("+4070000000" + random.nextInt(4));
        }

        private ConnectionId connection() {
            return open.isEmpty() || random.nextInt(8) == 0 ? opened() : open.get(random.nextInt(open.size()));
        }

        private ConnectionId opened() {
            ConnectionId id = stage.open();
            open.add(id);
            return id;
        }

        private void step() {
            switch (random.nextInt(14)) {
                case 0 -> stage.say(opened(), new ClientFrame.Pair("account_" + random.nextInt(4)));
                case 1 -> stage.whatsApp.people().scanAccount(stage.now(), phone(), "account_" + random.nextInt(4));
                case 2, 3 -> login();
                case 4, 5, 6, 7 -> stage.say(connection(), Stage.text("3EB0" + random.nextInt(300), phone(),
                        random.nextInt(10) == 0 ? random.nextLong(1, counter + 1) : counter++,
                        "t" + random.nextInt(50)));
                case 8, 9 ->
                    stage.whatsApp.people().write(stage.now(), phone(), phone(), new Content.Text("w" + counter), null);
                case 10 -> fault();
                case 11 -> stage.pass(Duration.ofMillis(random.nextInt(30_000)));
                case 12 -> oddities();
                default -> leave();
            }
            receive();
        }

        private void login() {
            ServerFrame.Paired paired = credentials.get(phone());
            if (paired != null) {
                stage.say(opened(), new ClientFrame.Login("account_" + random.nextInt(4), paired.phone(),
                        paired.generation(), paired.token()));
            }
        }

        private void leave() {
            if (!open.isEmpty()) {
                stage.gone(open.remove(random.nextInt(open.size())));
            }
        }

        private void oddities() {
            ConnectionId id = connection();
            switch (random.nextInt(6)) {
                case 0 -> stage.say(id, new ClientFrame.Logout());
                case 1 -> stage.say(id, new ClientFrame.RequestPairingCode(phone()));
                case 2 -> stage.say(id, new ClientFrame.Ping(1));
                case 3 -> stage.whatsApp.babbled(stage.now(), id, "not JSON");
                case 4 -> stage.whatsApp.people().removeDevice(stage.now(), phone());
                default -> stage.whatsApp.people().register(phone(), random.nextBoolean());
            }
        }

        private void fault() {
            Scope scope = random.nextBoolean() ? Scope.everybody() : new Scope(Set.of(phone().e164()));
            Trouble trouble = stage.whatsApp.trouble();
            switch (random.nextInt(9)) {
                case 0 -> trouble.strike(stage.now(), new Fault.Close(503, ""), scope);
                case 1 -> trouble.strike(stage.now(), new Fault.Drop(), scope);
                case 2 -> trouble.strike(stage.now(), new Fault.Deaf(random.nextBoolean()), scope);
                case 3 -> trouble.add(new Fault.RefuseLogins(503, ""), scope, 2, 1);
                case 4 -> trouble.add(new Fault.LoseAcks(), scope, 3, 0.5);
                case 5 -> trouble.add(new Fault.Nack(429, ""), scope, 3, 0.5);
                case 6 -> trouble.add(new Fault.DelayAcks(Duration.ofSeconds(2)), scope, 3, 1);
                case 7 -> trouble.add(new Fault.LoseReceived(), scope, 1, 1);
                default -> trouble.liftAll();
            }
        }

        /** Clients keep credentials, and mostly say that they have stored what they got. */
        private void receive() {
            for (ConnectionId id : List.copyOf(open)) {
                for (ServerFrame frame : stage.hearAll(id)) {
                    if (frame instanceof ServerFrame.Paired paired) {
                        credentials.put(paired.phone(), paired);
                    } else if (frame instanceof ServerFrame.Message message && random.nextInt(4) > 0) {
                        stage.say(id, new ClientFrame.Received(message.id(), counter++));
                    }
                }
            }
        }

        private void check(String where) {
            LedgerSummary now = stage.ledger.summary();
            List<LedgerConnection> standing = stage.ledger.connections().after(0, 100_000, c -> c.endedAt() == null)
                    .items();
            List<PhoneNumber> in = standing.stream().filter(c -> c.loggedInAt() != null).map(LedgerConnection::phone)
                    .toList();
            assertThat(in).as(where + ": one live connection for each phone").doesNotHaveDuplicates();
            assertThat(now.loggedInNow()).as(where).isEqualTo(in.size());
            assertThat(now.connectedNow()).as(where).isEqualTo(standing.size());
            assertThat(now.connectsTotal() - now.connectsEnded()).as(where).isEqualTo(standing.size());
            assertThat(now.inbound() - now.inboundReceived()).as(where).isEqualTo(now.inboundWaiting());
            List<LedgerMessage> messages = stage.ledger.messages().after(0, 100_000, _ -> true).items();
            List<LedgerMessage> shown = messages.stream().filter(LedgerMessage::isShown).toList();
            assertThat(now.messages()).as(where).isEqualTo(messages.size());
            assertThat(now.unique()).as(where).isEqualTo(shown.size());
            Set<String> ids = new HashSet<>();
            shown.forEach(m -> assertThat(ids.add(m.phone().e164() + m.id())).as(where + ": shown once").isTrue());
        }

        private void survivesARestart() {
            List<Fact> before = stage.whatsApp.snapshot();
            Stage fromFacts = new Stage();
            stage.facts.forEach(fromFacts.whatsApp::replay);
            assertThat(fromFacts.whatsApp.snapshot()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(before);
            Stage fromSnapshot = new Stage();
            before.forEach(fromSnapshot.whatsApp::replay);
            assertThat(fromSnapshot.whatsApp.snapshot()).as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(before);
        }
    }
}
