package io.wafleet.acceptance;

import io.wafleet.cli.Main;
import io.wafleet.cli.fleet.Distribution;
import io.wafleet.cli.torture.Torture;
import io.wafleet.cli.torture.TortureOptions;
import io.wafleet.cli.torture.TortureReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Processes are killed, ended, frozen and started at random, the broker too, while accounts write to each other. */
final class TortureIT {
    /** With it a worker is killed, one frozen, outbox and gateway are killed, and a worker again. */
    private static final long SEED = 1422;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void whatWasAcceptedArrivesOnceAndInOrderWhoeverDies() {
        TortureOptions options = new TortureOptions(40, 3, 5, SEED, Duration.ofSeconds(2), 16,
                Optional.of(directory));
        TortureReport report = Torture.run(options, Distribution.of(Main.class), System.out);
        assertThat(report.problems()).isEmpty();
        assertThat(report.accepted()).isPositive();
        assertThat(report.received()).isEqualTo(report.accepted());
    }
}
