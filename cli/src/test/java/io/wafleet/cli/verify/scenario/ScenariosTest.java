package io.wafleet.cli.verify.scenario;

import io.wafleet.cli.verify.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class ScenariosTest {
    @Test
    void eachIsCalledByANameOfItsOwn() {
        List<String> names = Scenarios.all().stream().map(Scenario::name).toList();
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z0-9]+(-[a-z0-9]+)*"));
        assertThat(new RePairByAdd().name()).isEqualTo("re-pair-by-add");
        assertThat(new TerminalCode(403, "forbidden").name()).isEqualTo("terminal-code-403");
    }

    @Test
    void eachSaysInOneLineWhichDefectItAnswersAndWhereThatIsTold() {
        assertThat(Scenarios.all()).allSatisfy(
                scenario -> assertThat(scenario.answers()).hasLineCount(1).containsPattern("\\([^()]*\\d[^()]*\\)$"));
    }

    @Test
    void thoseThatStrikeProcessesComeLast() {
        List<Boolean> strikes = Scenarios.all().stream().map(s -> s.needs() == Scenario.Needs.PROCESSES).toList();
        assertThat(strikes).isSorted();
    }
}
