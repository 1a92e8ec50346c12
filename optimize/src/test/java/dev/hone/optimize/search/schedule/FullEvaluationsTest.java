package dev.hone.optimize.search.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.Play;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchSpace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FullEvaluationsTest {
  private static final SearchSpace SPACE = Play.space(7, 13);

  @Test
  void evaluatesTheBaselineFirstAndFully() {
    SearchProblem problem = SearchProblem.of(SPACE, Configuration.of(3, 5), 100);

    Play play = play(problem, Play.budget(10, 35, 5, 4));

    assertThat(play.batches.get(0))
        .containsExactly(
            new EvaluationRequest(
                0,
                EvaluationRequest.Kind.FULL,
                Configuration.of(3, 5),
                Play.range(100),
                EvaluationRequest.Choice.BASELINE));
    assertThat(play.asks())
        .extracting(EvaluationRequest::trial)
        .isEqualTo(Play.range(play.asks().size()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 7})
  void evaluatesFullyAtTheStatedIntervalWhateverTheBatchSize(int trialsInFlight) {
    Play play = play(Play.problem(SPACE, 100), Play.budget(40, 35, 5, trialsInFlight));

    int trials = 0;
    int promoted = 0;
    for (List<EvaluationRequest> batch : play.batches) {
      if (batch.get(0).choice() == EvaluationRequest.Choice.PROMOTED) {
        promoted += batch.size();
        assertThat(promoted).isEqualTo(Math.min(trials / 5, 8));
      } else if (Play.isTrial(batch.get(0))) {
        assertThat(promoted).isEqualTo(trials / 5);
        trials += batch.size();
      }
    }
    assertThat(trials).isEqualTo(40);
    assertThat(promoted).isGreaterThanOrEqualTo(8);
  }

  @Test
  void evaluatesFullyAtTheEndThoughTheIntervalIsNotOver() {
    Play play = play(Play.problem(SPACE, 100), Play.budget(4, 35, 10, 4));

    assertThat(play.promoted()).hasSize(1);
    assertThat(play.asks().get(play.asks().size() - 1).choice())
        .isEqualTo(EvaluationRequest.Choice.PROMOTED);
  }

  @Test
  void evaluatesTheNextAtTheEndIfItMayBeAsGoodAsTheBest() {
    SearchBudget budget = Play.budget(5, 35, 5, 5);

    Play worse = play(Play.problem(SPACE, 100), budget, c -> c.equals(BEST) ? 0.9 : c.choice(1));
    Play equal = play(Play.problem(SPACE, 100), budget, c -> 0.5);

    assertThat(worse.promoted()).hasSize(1);
    assertThat(equal.promoted()).hasSize(2);
  }

  private static final Configuration BEST = Configuration.of(6, 12);

  @Test
  void promotesTheBestMeansThatAreNotYetFullyEvaluated() {
    SearchBudget budget =
        SearchBudget.ofTrials(30)
            .minibatchSize(20)
            .fullEvaluationSteps(6)
            .fullEvaluationTop(2)
            .trialsInFlight(3);

    Play play = play(Play.problem(SPACE, 100), budget, FullEvaluationsTest::lexicographic);

    List<Configuration> seen = new ArrayList<>();
    HashSet<Configuration> full = new HashSet<>();
    for (EvaluationRequest ask : play.asks()) {
      if (ask.choice() == EvaluationRequest.Choice.PROMOTED) {
        double mean = lexicographic(ask.configuration());
        assertThat(full.add(ask.configuration())).isTrue();
        assertThat(seen).filteredOn(c -> !full.contains(c)).allMatch(c -> lexicographic(c) <= mean);
      }
      seen.add(ask.configuration());
    }
    assertThat(full).hasSizeGreaterThanOrEqualTo(10);
  }

  @Test
  void promotesByTheMeanOfAllScoresButPicksTheWinnerAmongTheFullyEvaluated() {
    // The odd instructions are worse, but a minibatch can make one look better.
    Play.Surface deceiving =
        (ask, example) -> {
          boolean odd = ask.configuration().choice(0) % 2 == 1;
          return OptionalDouble.of(odd ? (example % 3 == 0 ? 1 : 0) : 0.5);
        };

    Play play =
        Play.of(Search.tpe(), Play.problem(SPACE, 99), Play.budget(20, 30, 5, 4), 3, deceiving);

    ConfigurationSummary best = play.run.best().orElseThrow();
    assertThat(best.full()).isTrue();
    assertThat(best.configuration()).isEqualTo(Configuration.of(0, 0));
    assertThat(best.scoreMean()).isEqualTo(0.5);
  }

  @Test
  void givesTiesToTheBaselineThenToTheSmallerPrompt() {
    SearchProblem longBaseline =
        SearchProblem.of(SPACE, Configuration.of(6, 12), 20).tokensPerRun(c -> c.choice(1));

    Play tied = play(longBaseline, Play.budget(90, null, 5, 4), c -> 0.5);
    Play better = play(longBaseline, Play.budget(90, null, 5, 4), c -> c.choice(0) == 2 ? 1 : 0.5);

    assertThat(tied.run.best().orElseThrow().configuration()).isEqualTo(Configuration.of(6, 12));
    assertThat(better.run.best().orElseThrow().configuration()).isEqualTo(Configuration.of(2, 0));
    assertThat(better.run.summaries()).hasSize(91);
    assertThat(better.run.summaries().subList(0, 13))
        .extracting(summary -> summary.configuration().choice(1))
        .isSorted();
  }

  @Test
  void countsEqualSumsInAnotherOrderAsATie() {
    double[] scores = {0.1, 0.2, 0.3, 0.7, 0.9, 0.6};
    Play.Surface rotated =
        (ask, example) -> OptionalDouble.of(scores[(example + ask.configuration().choice(0)) % 6]);

    Play play =
        Play.of(
            Search.random(), Play.problem(Play.space(6), 6), Play.budget(10, null, 5, 1), rotated);

    assertThat(play.run.best().orElseThrow().configuration()).isEqualTo(Configuration.of(0));
  }

  @Test
  void makesEveryTrialAFullEvaluationWithoutMinibatchesOrWithLargeOnes() {
    for (Integer minibatchSize : new Integer[] {null, 30, 50}) {
      Play play = play(Play.problem(SPACE, 30), Play.budget(12, minibatchSize, 5, 4));

      assertThat(play.trials()).hasSize(12).allMatch(ask -> ask.examples().size() == 30);
      assertThat(play.trials()).allMatch(ask -> ask.kind() == EvaluationRequest.Kind.FULL);
      assertThat(play.promoted()).isEmpty();
    }
  }

  private static double lexicographic(Configuration configuration) {
    return (configuration.choice(0) * 13 + configuration.choice(1)) / 100.0;
  }

  private static Play play(SearchProblem problem, SearchBudget budget) {
    return play(problem, budget, FullEvaluationsTest::lexicographic);
  }

  private static Play play(
      SearchProblem problem,
      SearchBudget budget,
      java.util.function.ToDoubleFunction<Configuration> score) {
    return Play.of(Search.tpe(), problem, budget, Play.Surface.exact(score));
  }
}
