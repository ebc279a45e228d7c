package io.wafleet.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

final class CommandLinesTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private CommandLine line(Map<String, String> environment) {
        return CommandLines.wafleet(environment, new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private int run(String... arguments) {
        return line(Map.of()).execute(arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8).strip();
    }

    private static Stream<CommandLine> all() {
        return leaves(CommandLines.wafleet(Map.of(), System.out, System.err));
    }

    /** The commands themselves, without the names that only group them. */
    static Stream<CommandLine> leaves(CommandLine line) {
        return line.getSubcommands().isEmpty()
                ? Stream.of(line)
                : line.getSubcommands().values().stream().flatMap(CommandLinesTest::leaves);
    }

    @Test
    void optionWinsOverEnvironmentAndThatOverDefault() {
        CommandLine staging = line(Map.of("ACCOUNT_NAMESPACE", "staging"));
        assertThat(staging.execute("account-id", "0712345678", "--account-namespace", "test")).isZero();
        assertThat(staging.execute("account-id", "--account-namespace=test", "0712345678")).isZero();
        assertThat(staging.execute("account-id", "0712345678")).isZero();
        assertThat(run("account-id", "0040 712 345 678")).isZero();
        String hash = "_cd7b11e308a59fd9ab810bce5faf8393";
        assertThat(out().lines()).containsExactly("account_test" + hash, "account_test" + hash,
                "account_staging" + hash, "account_prod" + hash);
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyCommandHasHelpWithEachOfItsSettings(CommandLine line) {
        String name = line.getCommandSpec().qualifiedName();
        assertThat(run((name + " --help").replaceFirst("wafleet ", "").split(" "))).isZero();
        assertThat(out()).startsWith("Usage: " + name);
        ((SettingsCommand) line.getCommandSpec().userObject()).settings().forEach(
                setting -> assertThat(out()).contains("  " + setting.option() + "=").contains(setting.environment()));
        assertThat(err()).isEmpty();
    }

    @Test
    void listsTheCommands() {
        assertThat(run("--help")).isZero();
        CommandLines.wafleet(Map.of(), System.out, System.err).getSubcommands().forEach((name, line) -> {
            boolean isHidden = line.getCommandSpec().usageMessage().hidden();
            assertThat(out().contains("  " + name + " ")).as(name).isNotEqualTo(isHidden);
        });
    }

    @Test
    void saysItsVersion() {
        assertThat(run("--version")).isZero();
        assertThat(out()).startsWith("wafleet ");
    }

    @Test
    void refusesWhatItDoesNotUnderstandInOneLine() {
        List<String[]> lines = List.of(new String[]{"fly"}, new String[]{"gateway", "--http-prot=1"},
                new String[]{"gateway", "--http-port"}, new String[]{"gateway", "stray"}, new String[]{"account-id"},
                new String[]{"gateway", "--http-port=1", "--http-port=2"}, new String[]{"bench", "fly"},
                new String[]{"bench", "failover", "--knd=kill"});
        for (String[] line : lines) {
            err.reset();
            assertThat(run(line)).as(String.join(" ", line)).isEqualTo(2);
            assertThat(err()).as(String.join(" ", line)).startsWith("wafleet").contains("--help").hasLineCount(1);
        }
        assertThat(out()).isEmpty();
    }

    @Test
    void withoutACommandItShowsWhatThereIs() {
        assertThat(run()).isEqualTo(2);
        assertThat(err()).startsWith("Usage: wafleet").contains("gateway");
    }

    @Test
    void namesEveryBadValueAtOnce() {
        assertThat(run("gateway", "--http-port=x", "--partitions=0", "--kafka-bootstrap=nowhere")).isEqualTo(2);
        assertThat(err()).hasLineCount(3).contains("--http-port").contains("--partitions").contains("--kafka-bootstrap")
                .doesNotContain("\tat ");
    }

    @Test
    void verifyRefusesWhatItCannotPlayBeforeItStartsAnything() {
        assertThat(run("verify", "--scenario=nope", "--simulator=http://127.0.0.1:8090", "--json=/nowhere/x"))
                .isEqualTo(2);
        assertThat(err()).hasLineCount(3).contains("there is no nope").contains("--simulator: only with --against")
                .contains("--json");
        err.reset();
        assertThat(run("verify", "--against=http://127.0.0.1:1")).isEqualTo(2);
        assertThat(err()).isEqualTo("wafleet: --against: nothing answers at http://127.0.0.1:1");
        err.reset();
        assertThat(run("verify", "--against=somewhere", "--real-time")).isEqualTo(2);
        assertThat(err()).hasLineCount(2).contains("--real-time: not with --against").contains("must be an address");
    }

    @Test
    void verifyListsItsScenarios() {
        assertThat(run("verify", "--list")).isZero();
        assertThat(out()).contains("passive-recovery-after-kill", "terminal-code-403", "qr-window-over");
    }

    @Test
    void refusesAnImpossiblePhoneWithoutRepeatingIt() {
        assertThat(run("account-id", "12")).isEqualTo(2);
        assertThat(err()).isEqualTo("wafleet: PHONE: must be a possible phone number");
    }

    @Test
    void makesKeySetsThatDiffer() {
        assertThat(run("keys")).isZero();
        String first = out();
        out.reset();
        assertThat(run("keys")).isZero();
        assertThat(out()).isNotEqualTo(first).startsWith("{");
    }
}
