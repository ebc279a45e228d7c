package io.wafleet.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The command line as the process that people start: what it prints, how it ends. */
@Timeout(180)
final class ProcessIT {
    @TempDir
    private Path folder;
    private final List<Process> started = new ArrayList<>();

    /** How a process ended. */
    private record Ended(int code, String out, String err) {}

    /** A role that runs, and the addresses it printed. */
    private record Running(Process process, TreeMap<String, String> addresses) {}

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                        Main.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectError(folder.resolve("err" + started.size()).toFile())
                .start();
        started.add(process);
        return process;
    }

    private Ended run(String... arguments) throws IOException, InterruptedException {
        Path err = folder.resolve("err" + started.size());
        Process process = start(arguments);
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out, Files.readString(err).replaceAll("(?m)^WARNING: .*\\R", ""));
    }

    private Running runRole(String... arguments) throws IOException {
        Process process = start(arguments);
        BufferedReader out = process.inputReader();
        TreeMap<String, String> addresses = new TreeMap<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.contains("Ctrl-C")) {
                return new Running(process, addresses);
            }
            String[] words = line.split("\\s{2,}", 2);
            addresses.put(words[0], words.length > 1 ? words[1] : "");
        }
        throw new AssertionError("it ended: " + Files.readString(folder.resolve("err" + (started.size() - 1))));
    }

    private static int stop(Process process) throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends when told to").isTrue();
        return process.exitValue();
    }

    @Test
    void aBrokerServesTopicsAndEndsInOrder() throws Exception {
        String data = folder.resolve("data").toString();
        Running broker = runRole("broker", "--broker-port=0", "--data-dir=" + data);
        String kafka = "--kafka-bootstrap=" + broker.addresses().get("kafka");
        String port = kafka.substring(kafka.lastIndexOf(':') + 1);

        assertThat(status(broker.addresses().get("health"))).isEqualTo(200);

        Ended missing = run("topics", "--check", kafka);
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("topics missing").hasLineCount(1);

        Ended created = run("topics", kafka, "--partitions=3");
        assertThat(created.err()).isEmpty();
        assertThat(created.code()).isZero();
        assertThat(created.out()).contains("created  wafleet.commands");
        assertThat(run("topics", kafka, "--partitions=3").out()).contains("exists   wafleet.commands");

        Ended mismatch = run("topics", kafka, "--partitions=5");
        assertThat(mismatch.code()).isEqualTo(2);
        assertThat(mismatch.err()).contains("has 3 partitions, but --partitions says 5").doesNotContain("\tat ");

        Ended busyPort = run("broker", "--broker-port=" + port, "--data-dir=" + folder.resolve("other"));
        assertThat(busyPort.code()).isEqualTo(2);
        assertThat(busyPort.err()).contains("port " + port).hasLineCount(1);

        Ended busyFolder = run("broker", "--broker-port=0", "--data-dir=" + data);
        assertThat(busyFolder.code()).isEqualTo(2);
        assertThat(busyFolder.err()).contains("in use by another broker").hasLineCount(1);

        assertThat(stop(broker.process())).isZero();
        Running again = runRole("broker", "--broker-port=" + port, "--data-dir=" + data);
        assertThat(run("topics", "--check", kafka, "--partitions=3").out()).contains("all topics exist and fit");
        assertThat(stop(again.process())).isZero();
    }

    @Test
    void anUnreachableBrokerIsOneLine() throws Exception {
        Ended ended = run("gateway", "--http-port=0", "--kafka-bootstrap=127.0.0.1:1", "--log-level=error");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("127.0.0.1:1").hasLineCount(1);
    }

    private static int status(String address) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(address)).build(),
                    HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
