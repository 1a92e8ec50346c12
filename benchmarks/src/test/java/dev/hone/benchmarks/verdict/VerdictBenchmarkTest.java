package dev.hone.benchmarks.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.optimize.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The benchmark in small, with seeds of its own; limits are two standard errors off. */
class VerdictBenchmarkTest {
  private static final int RUNS = 40;

  private static VerdictCell cell(String search, boolean testset) {
    return new VerdictCell(search, new GainTask(3, 6, 60, false), testset, 0, 11);
  }

  private static long improved(List<VerdictPlay> plays) {
    return plays.stream().filter(play -> play.verdict() instanceof Verdict.Improved).count();
  }

  @Test
  void seldomSaysImprovedWhereNothingIsBetterAndCoversTheTruth() {
    List<VerdictPlay> plays = new ArrayList<>();
    for (String search : List.of("racing", "tpe")) {
      plays.addAll(VerdictBenchmark.plays(cell(search, false), GainScenario.EQUAL, RUNS));
      plays.addAll(VerdictBenchmark.plays(cell(search, false), GainScenario.WORSE, RUNS));
    }

    assertThat(plays).hasSize(4 * RUNS);
    assertThat(improved(plays)).isLessThanOrEqualTo(14); // 5 % of 160, and two standard errors
    assertThat(plays.stream().filter(p -> p.estimate().interval().contains(p.gain())).count())
        .isGreaterThanOrEqualTo(144);
  }

  @Test
  void findsAGainOfFivePointsWithATestsetOfTheSizeSaidBeforehand() {
    List<VerdictPlay> plays =
        VerdictBenchmark.plays(cell("racing", true), GainScenario.DEMOS_HELP, RUNS);

    assertThat(improved(plays)).isGreaterThanOrEqualTo(27); // 80 % of 40, less two errors
  }
}
