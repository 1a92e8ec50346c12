package dev.hone.benchmarks.verdict;

import java.util.List;

/**
 * What is played.
 *
 * @param search the search's name
 * @param task the task; its examples are those of the pilot where {@code examplesByPower}
 * @param testset whether the run has a testset, of the size that {@code GainPower} says beforehand
 * @param compared of how many candidates, compared on the validation set, it is asked; 0 where the
 *     validation set is as large as the task says
 * @param seed the seed of all plays
 */
record VerdictCell(String search, GainTask task, boolean testset, int compared, long seed) {
  boolean examplesByPower() {
    return compared > 0;
  }

  /** What is played: where validation sets are large, what they are large for. */
  List<GainScenario> scenarios() {
    return examplesByPower()
        ? List.of(GainScenario.EQUAL, GainScenario.DEMOS_HELP)
        : List.of(GainScenario.values());
  }

  /** The examples in words, of a play. */
  String name() {
    return "%s, %s, %s%s"
        .formatted(
            search,
            task.graded() ? "graded" : "0/1",
            examplesByPower()
                ? "validation set by power(5), best of " + compared
                : task.examples() + " validation examples",
            testset ? ", testset by power(5)" : "");
  }
}
