package io.wafleet.cli;

import io.wafleet.embedded.DataDirException;
import io.wafleet.health.PortBusyException;
import io.wafleet.kafka.BrokerUnreachableException;
import io.wafleet.kafka.TopicMismatchException;
import io.wafleet.settings.InvalidSettingsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

final class ConsoleTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = new Console(Map.of(), System.out,
            new PrintStream(err, true, StandardCharsets.UTF_8));

    private static List<RuntimeException> mendable() {
        return List.of(new PortBusyException("127.0.0.1", 8080), new BrokerUnreachableException("no answer"),
                new TopicMismatchException(List.of("4, not 8")), new DataDirException("in use"),
                new InvalidSettingsException(List.of("--a: must be b")),
                new UncheckedIOException("cannot read the file", new IOException("x")),
                new org.apache.kafka.common.errors.TimeoutException("timed out"),
                new KafkaException("cannot construct", new ConfigException("no resolvable address")));
    }

    @ParameterizedTest
    @MethodSource("mendable")
    void whatAPersonCanMendIsOneLineAndExitCodeTwo(RuntimeException failure) {
        assertThat(console.run(() -> {
            throw failure;
        })).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("wafleet: ").hasLineCount(1);
    }

    @Test
    void severalProblemsAreALineEach() {
        console.run(() -> {
            throw new InvalidSettingsException(List.of("--a: must be b", "--c: must be d"));
        });
        assertThat(err.toString(StandardCharsets.UTF_8).lines()).containsExactly("wafleet: --a: must be b",
                "wafleet: --c: must be d");
    }

    @Test
    void aDefectIsExitCodeOneWithItsTrace() {
        assertThat(console.run(() -> {
            throw new IllegalStateException("unforeseen");
        })).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("unforeseen").contains("\tat ");
    }
}
