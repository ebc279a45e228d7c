package io.wafleet.simulator;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import io.wafleet.health.Health;
import io.wafleet.health.PortBusyException;
import io.wafleet.settings.InvalidSettingsException;
import io.wafleet.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What survives the simulator's process. */
class RestartIT {
    private static final PhoneNumber OURS = new PhoneNumber("+40712345678");
    private static final PhoneNumber THEIRS = new PhoneNumber("+40787654321");

    @TempDir
    Path directory;

    private RunningSimulator start(Path data) {
        return new RunningSimulator(Map.of("simulator.data.dir", data.toString()));
    }

    @Test
    void pairingsCountersAndWaitingMessagesSurviveAKill() throws Exception {
        Path afterKill = directory.resolve("after");
        ServerFrame.Paired paired;
        try (RunningSimulator first = start(directory.resolve("before"))) {
            paired = first.pair("account_a", OURS);
            SimulatorClient client = first.login("account_a", paired);
            client.say(RunningSimulator.text("3EB0A", THEIRS, 7, "hello")).hear(ServerFrame.Ack.class);
            first.ok("PATCH", "/api/phones/40700000001", "{\"registered\":false}");
            first.ok("POST", "/api/phones/40787654321/messages", "{\"to\":\"account_a\",\"text\":\"hi\"}");
            // what a killed process leaves behind is the file as it stands while it runs
            Files.createDirectories(afterKill);
            Files.copy(directory.resolve("before/simulator.jsonl"), afterKill.resolve("simulator.jsonl"),
                    StandardCopyOption.REPLACE_EXISTING);
        }

        try (RunningSimulator second = start(afterKill)) {
            SimulatorClient client = second.login("account_a", paired);
            ServerFrame.Message waiting = client.hear(ServerFrame.Message.class);
            client.say(RunningSimulator.text("3EB0B", THEIRS, 7, "hello again")).hear(ServerFrame.Ack.class);
            assertThat(second.summary().undecryptable()).isEqualTo(1);
            client.say(RunningSimulator.text("3EB0C", new PhoneNumber("+40700000001"), 8, "hello"));
            assertThat(client.hear(ServerFrame.Nack.class).code()).isEqualTo(404);
            client.say(new ClientFrame.Received(waiting.id(), 9));
            await().until(() -> second.summary().inboundWaiting() == 0);
            assertThat(second.pair("account_a", OURS).generation()).isEqualTo(2);
        }
    }

    @Test
    void aBusyPortAndABusyDirectoryAreSaidClearly() {
        try (RunningSimulator holder = start(directory)) {
            Settings samePort = Settings.of(Map.of("simulator.port", Integer.toString(holder.port())));
            assertThatThrownBy(() -> SimulatorRole.start(SimulatorSettings.from(samePort), new SimpleMeterRegistry(),
                    new Health())).isInstanceOf(PortBusyException.class);
            assertThatThrownBy(() -> start(directory)).isInstanceOf(InvalidSettingsException.class)
                    .hasMessageContaining("in use by another simulator");
        }
    }
}
