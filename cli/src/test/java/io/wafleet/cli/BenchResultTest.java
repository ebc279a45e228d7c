package io.wafleet.cli;

import io.wafleet.cli.fleet.FleetException;
import io.wafleet.cli.fleet.Report;
import io.wafleet.settings.InvalidSettingsException;
import io.wafleet.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where a bench's figures go, and what its exit code says. */
@Execution(ExecutionMode.SAME_THREAD)
final class BenchResultTest {
    @TempDir
    private Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = new Console(Map.of(), stream(out), stream(err));

    private record Found(String bench, int lost) implements Report {
        @Override
        public boolean isSound() {
            return lost == 0;
        }
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private int run(Map<String, String> given, int lost) {
        return TestFleetSettings.report(console, Settings.of(given), people -> {
            people.println("measuring");
            return new Found("latency", lost);
        });
    }

    @Test
    void theStandardOutputIsTheResultAlone() throws Exception {
        Path file = folder.resolve("result.json");
        assertThat(run(Map.of("json", file.toString()), 0)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).singleElement().asString()
                .startsWith("{\"bench\":\"latency\",\"lost\":0").endsWith("}").isEqualTo(Files.readString(file));
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("measuring");
    }

    @Test
    void aResultThatIsNotSoundIsToldToo() {
        assertThat(run(Map.of(), 3)).isEqualTo(Console.FAILED);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"lost\":3");
    }

    @Test
    void aFileThatCannotBeWrittenIsToldBeforeAnythingBegins() {
        Map<String, String> given = Map.of("json", folder.resolve("missing/result.json").toString());
        assertThatThrownBy(() -> run(given, 0)).isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("--json: its folder does not exist");
        assertThat(err.size()).isZero();
    }

    @Test
    void aFleetThatDoesNotComeToRestIsALineAndNoResult() {
        assertThat(TestFleetSettings.report(console, Settings.of(Map.of()), _ -> {
            throw new FleetException("no broker");
        })).isEqualTo(Console.FAILED);
        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no broker");
    }
}
