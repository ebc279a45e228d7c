package io.wafleet.acceptance;

import io.wafleet.cli.Main;
import io.wafleet.cli.fleet.Distribution;
import io.wafleet.cli.verify.Outcome;
import io.wafleet.cli.verify.Verify;
import io.wafleet.cli.verify.VerifyOptions;
import io.wafleet.cli.verify.VerifyReport;
import io.wafleet.cli.verify.scenario.Scenarios;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code wafleet verify}, as people run it: every scenario, with short timers. */
final class VerifyIT {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void everyScenarioPasses() {
        VerifyReport report = Verify.onOwnFleet(new VerifyOptions(false, Optional.of(directory)), Scenarios.all(),
                Distribution.of(Main.class), System.out);
        assertThat(report.scenarios().stream().filter(s -> s.result() != Outcome.Result.PASS)
                .map(s -> s.scenario() + ": " + s.problem())).isEmpty();
        assertThat(report.passed()).isEqualTo(Scenarios.all().size());
    }
}
