package io.wafleet.simulator;

import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Thousands of accounts in one process. Figures are printed, not asserted: they belong to the machine. */
class ManyAccountsIT {
    private static final int ACCOUNTS = 2_000;

    @Test
    void twoThousandAccountsAreConnectedAndAllClosedAtOnce() throws Exception {
        try (RunningSimulator simulator = new RunningSimulator(Map.of("simulator.qr.first.validity", "10m"))) {
            List<SimulatorClient> pairing = new ArrayList<>();
            for (int i = 0; i < ACCOUNTS; i++) {
                pairing.add(simulator.connect().say(new ClientFrame.Pair("account_" + i)));
            }
            List<ServerFrame.Paired> paired = new ArrayList<>();
            for (int i = 0; i < ACCOUNTS; i++) {
                simulator.ok("POST", "/api/phones/4071" + (1_000_000 + i) + "/scan",
                        "{\"account\":\"account_" + i + "\"}");
                pairing.get(i).hear(ServerFrame.Qr.class);
                paired.add(pairing.get(i).hear(ServerFrame.Paired.class));
            }
            List<SimulatorClient> clients = logIn(simulator, paired);
            assertThat(simulator.summary().loggedInNow()).isEqualTo(ACCOUNTS);
            sendOneEach(simulator, clients);

            simulator.ok("POST", "/api/faults", "{\"kind\":\"close\",\"code\":503}");
            for (SimulatorClient client : clients) {
                assertThat(client.closeStatus()).isEqualTo(4503);
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> simulator.summary().connectedNow() == 0);
        }
    }

    private static List<SimulatorClient> logIn(RunningSimulator simulator, List<ServerFrame.Paired> paired)
            throws InterruptedException {
        long before = usedMemory();
        long start = System.nanoTime();
        List<SimulatorClient> clients = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            clients.add(simulator.login("account_" + i, paired.get(i)));
        }
        System.out.printf("%d logins in %d ms; server and clients together hold %d kB each%n", ACCOUNTS,
                (System.nanoTime() - start) / 1_000_000, (usedMemory() - before) / 1024 / ACCOUNTS);
        return clients;
    }

    private static void sendOneEach(RunningSimulator simulator, List<SimulatorClient> clients) throws Exception {
        long start = System.nanoTime();
        PhoneNumber to = new PhoneNumber("+40787654321");
        for (int i = 0; i < ACCOUNTS; i++) {
            clients.get(i).say(RunningSimulator.text("3EB0" + i, to, 1, "hello " + i));
        }
        for (SimulatorClient client : clients) {
            client.hear(ServerFrame.Ack.class);
        }
        System.out.printf("%d messages sent and acknowledged in %d ms%n", ACCOUNTS,
                (System.nanoTime() - start) / 1_000_000);
        assertThat(simulator.summary().unique()).isEqualTo(ACCOUNTS);
    }

    private static long usedMemory() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
