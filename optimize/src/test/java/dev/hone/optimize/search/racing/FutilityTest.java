package dev.hone.optimize.search.racing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.optimize.FinishReason;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.Dimension;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.search.SearchSpace;
import dev.hone.optimize.search.racing.model.Arm;
import dev.hone.optimize.search.racing.model.ExampleOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** A race that ends because the rest of its budget would hardly show anything better. */
class FutilityTest {
  private static final SearchSpace SPACE =
      new SearchSpace(
          List.of(
              new Dimension("p", Dimension.Part.INSTRUCTIONS, 3),
              new Dimension("p", Dimension.Part.DEMOS, 6)));
  private static final Configuration BASELINE = Configuration.of(0, 0);
  private static final int EXAMPLES = 100;
  private static final int SEEDS = 40;

  /** What the settings allow: 0.6 of (1 + 10 / 5) full evaluations and 10 minibatches of 35. */
  private static final int BUDGET = 390;

  @Test
  void stopsBeforeItsBudgetIsSpentWhereNothingBeatsTheBaseline() {
    List<Played> plays = plays(c -> c.equals(BASELINE) ? 0.75 : 0.6);

    assertThat(plays).filteredOn(Played::early).hasSizeGreaterThanOrEqualTo(32);
    assertThat(plays.stream().mapToInt(Played::calls).average().orElseThrow()).isLessThan(285);
    assertThat(plays)
        .filteredOn(played -> played.best().configuration().equals(BASELINE))
        .hasSizeGreaterThanOrEqualTo(38);
  }

  @Test
  void completesNothingButTheBaselineWhenItStops() {
    List<Played> plays = plays(c -> c.equals(BASELINE) ? 0.75 : 0.7);

    List<Played> kept =
        plays.stream().filter(p -> p.early() && p.best().configuration().equals(BASELINE)).toList();
    assertThat(kept).hasSizeGreaterThan(15);
    for (Played played : kept) {
      assertThat(played.best().full()).isTrue();
      assertThat(played.run().summaries())
          .filteredOn(ConfigurationSummary::full)
          .extracting(ConfigurationSummary::configuration)
          .containsExactly(BASELINE);
      assertThat(played.run().confidence()).hasValue(1);
    }
  }

  @Test
  void doesNotGiveUpWhereOneConfigurationIsClearlyBetter() {
    Configuration good = Configuration.of(2, 4);

    List<Played> plays = plays(c -> c.equals(good) ? 0.95 : c.choice(0) == 2 ? 0.7 : 0.6);

    assertThat(plays)
        .filteredOn(played -> played.best().configuration().equals(BASELINE))
        .hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void stopsAtTheSamePointWheneverSeedAndScoresAreTheSame() {
    ToDoubleFunction<Configuration> truth = c -> c.equals(BASELINE) ? 0.75 : 0.6;

    for (long seed = 1; seed <= 5; seed++) {
      assertThat(play(seed, truth).asks()).isEqualTo(play(seed, truth).asks());
    }
  }

  @Test
  void theMoreExamplesAreLeftTheMoreTheyMayShow() {
    ExampleOrder order =
        new ExampleOrder(Collections.nCopies(EXAMPLES, ""), 10, new SplittableRandom(1));
    Race race = new Race(SPACE, order, BASELINE, true, new SplittableRandom(2));
    SplittableRandom coins = new SplittableRandom(3);
    for (int i = 0; i < SPACE.size(); i++) {
      Arm arm = race.pool().arm(SPACE.at(i));
      double[] scores = RacePlay.noScores(EXAMPLES);
      for (int block = 0; block < 2; block++) {
        for (int example : arm.nextBlock()) {
          scores[example] = coins.nextDouble() < (i == 0 ? 0.95 : 0.5) ? 1 : 0;
        }
      }
      arm.take(scores);
    }
    race.learn();

    assertThat(race.leader().configuration()).isEqualTo(BASELINE);
    double last = race.probabilityOfShowing(0, 0.02);
    assertThat(last).isZero();
    for (int examples : new int[] {5, 20, 80}) {
      double probability = race.probabilityOfShowing(examples, 0.02);
      assertThat(probability).isBetween(last, race.probabilityOfBetter(0.02));
      last = probability;
    }
    assertThat(last).isPositive();
  }

  private record Played(SearchRun run, List<EvaluationRequest> asks, int calls) {
    ConfigurationSummary best() {
      return run.best().orElseThrow();
    }

    boolean early() {
      return run.finishReason() == FinishReason.CONFIDENT && calls <= BUDGET * 9 / 10;
    }
  }

  private static List<Played> plays(ToDoubleFunction<Configuration> truth) {
    List<Played> plays = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      plays.add(play(seed, truth));
    }
    return plays;
  }

  /**
   * Outcomes are 1 with the probability that the truth says; two of three examples are the same to
   * all.
   */
  private static Played play(long seed, ToDoubleFunction<Configuration> truth) {
    SearchProblem problem = SearchProblem.of(SPACE, BASELINE, EXAMPLES);
    SearchBudget budget = SearchBudget.ofTrials(10).minibatchSize(35);
    SearchRun run = new RacingSearch().start(problem, budget, new SplittableRandom(seed));
    List<EvaluationRequest> asked = new ArrayList<>();
    Set<List<Object>> calls = new HashSet<>();
    for (List<EvaluationRequest> asks = run.ask(); !asks.isEmpty(); asks = run.ask()) {
      List<EvaluationScores> results = new ArrayList<>();
      for (EvaluationRequest ask : asks) {
        List<OptionalDouble> scores = new ArrayList<>();
        for (int example : ask.examples()) {
          calls.add(List.of(ask.configuration(), example));
          long shared = example % 3 == 0 ? ask.configuration().hashCode() : 0;
          long key = seed * 1_000_003 + shared * 10_007L + example;
          double draw = new SplittableRandom(key).nextDouble();
          double score = draw < truth.applyAsDouble(ask.configuration()) ? 1 : 0;
          scores.add(OptionalDouble.of(score));
        }
        results.add(new EvaluationScores(ask, scores));
      }
      asked.addAll(asks);
      run.tell(results);
    }
    return new Played(run, asked, calls.size());
  }
}
