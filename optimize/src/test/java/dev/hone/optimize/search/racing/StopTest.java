package dev.hone.optimize.search.racing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.optimize.FinishReason;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.search.SearchSpace;
import dev.hone.optimize.search.racing.model.ExampleOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a race ends by itself: as soon as no more outcomes gain what they cost. */
class StopTest {
  private static final SearchSpace SPACE = RacePlay.space(3, 6);
  private static final Configuration BASELINE = Configuration.of(0, 0);
  private static final int EXAMPLES = 100;
  private static final int BLOCK = ExampleOrder.blockSize(EXAMPLES, null);
  private static final RacingSettings DEFAULTS = RacingSettings.DEFAULTS;
  private static final int SEEDS = 40;
  private static final SearchBudget BUDGET = SearchBudget.ofTrials(10).minibatchSize(35);

  /** What the sampled schedule evaluates: 10 minibatches and 3 full evaluations. */
  private static final int SCHEDULED = 650;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void spendsItsBudgetWhereNothingIsTooDear(int inFlight) {
    int budget = (int) Math.round(RacingSettings.BUDGET_FRACTION * SCHEDULED);
    for (long seed = 1; seed <= 10; seed++) {
      RacePlay play = play(0.0, inFlight, seed, c -> c.equals(BASELINE) ? 0.95 : 0.1);

      assertThat(play.run().finishReason()).isEqualTo(FinishReason.TRIALS_SPENT);
      assertThat(play.calls()).isBetween(budget, budget + BLOCK - 1);
    }
  }

  @Test
  void endsAfterItsFirstLookWhereNothingIsCheapEnough() {
    for (long seed = 1; seed <= 10; seed++) {
      RacePlay alone = play(100.0, 1, seed, c -> 0.2 + 0.1 * c.choice(1));
      RacePlay four = play(100.0, 4, seed, c -> 0.2 + 0.1 * c.choice(1));

      assertThat(alone.run().finishReason()).isEqualTo(FinishReason.NOT_WORTH_MORE);
      assertThat(alone.calls()).isEqualTo(BLOCK);
      assertThat(alone.best().configuration()).isEqualTo(BASELINE);
      assertThat(four.run().finishReason()).isEqualTo(FinishReason.NOT_WORTH_MORE);
      assertThat(four.calls()).isEqualTo(4 * BLOCK);
      assertThat(four.best()).isEqualTo(four.run().summaries().get(0));
      assertThat(four.best().scoreMean())
          .isGreaterThanOrEqualTo(four.run().scores().mean(BASELINE).orElseThrow());
    }
  }

  @Test
  void theDearerATokenTheFewerTheCalls() {
    List<Double> calls = new ArrayList<>();
    for (double points : new double[] {0, 0.005, 0.01, 0.02, 0.05, 1}) {
      double sum = 0;
      for (long seed = 1; seed <= SEEDS; seed++) {
        sum += play(points, 2, seed, c -> 0.5 + 0.04 * c.choice(1) + 0.05 * c.choice(0)).calls();
      }
      calls.add(sum / SEEDS);
    }

    assertThat(calls).isSortedAccordingTo((one, other) -> Double.compare(other, one));
    assertThat(calls.get(calls.size() - 1)).isLessThan(0.4 * calls.get(0));
    assertThat(calls).doesNotHaveDuplicates();
  }

  @Test
  void aPointIsWorthAFifthOfTheSampledScheduleByDefault() {
    // 1 point for 0.2 schedules of 1,000 tokens an evaluation
    double points = 1 / (0.2 * SCHEDULED);
    double calls = 0;
    double callsAtHalf = 0;
    for (long seed = 1; seed <= 5; seed++) {
      ToDoubleFunction<Configuration> truth = c -> 0.5 + 0.05 * c.choice(1);

      RacePlay byDefault = play(ample(null), 2, seed, truth);

      assertThat(byDefault.run().finishReason()).isEqualTo(FinishReason.NOT_WORTH_MORE);
      assertThat(play(ample(points), 2, seed, truth).asks()).isEqualTo(byDefault.asks());
      calls += byDefault.calls();
      callsAtHalf += play(ample(0.5 * points), 2, seed, truth).calls();
    }
    assertThat(callsAtHalf).isGreaterThan(1.1 * calls);
  }

  /** A budget that no race of these reaches at the default price. */
  private static RacingSettings ample(@Nullable Double points) {
    return DEFAULTS.withPointsPerThousandTokens(points).withBudgetFraction(3);
  }

  @Test
  void doesNotDependOnTheUnitOfWhatAllCost() {
    RacePlay.Scores scores = RacePlay.coins(3, c -> 0.5 + 0.05 * c.choice(1));
    List<RacePlay> plays = new ArrayList<>();
    for (int tokens : new int[] {50, 1000, 20_000}) {
      SearchRun run =
          new RacingSearch()
              .start(
                  RacePlay.problem(SPACE, EXAMPLES, c -> tokens), BUDGET, new SplittableRandom(3));
      plays.add(new RacePlay(run, scores).toTheEnd());
    }

    assertThat(plays.get(0).asks()).isEqualTo(plays.get(1).asks());
    assertThat(plays.get(2).asks()).isEqualTo(plays.get(1).asks());
  }

  /**
   * Nothing speaks for the baseline but its scores, so that one of 17 may look better by luck. More
   * calls make that rarer.
   */
  @Test
  void losesLittleInTheMeanWhereNothingBeatsTheBaseline() {
    ToDoubleFunction<Configuration> truth = c -> c.equals(BASELINE) ? 0.75 : 0.6;
    double byDefault = 0;
    double withAll = 0;
    double calls = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      byDefault +=
          0.75 - truth.applyAsDouble(play(DEFAULTS, 2, seed, truth).best().configuration());
      RacePlay all = play(DEFAULTS.withBudgetFraction(1), 1, seed, truth);
      withAll += 0.75 - truth.applyAsDouble(all.best().configuration());
      calls += all.calls();
    }

    assertThat(byDefault / SEEDS).isLessThanOrEqualTo(0.06);
    assertThat(withAll / SEEDS).isLessThanOrEqualTo(0.03).isLessThan(byDefault / SEEDS);
    assertThat(calls / SEEDS).as("it ends before its budget").isLessThan(0.9 * SCHEDULED);
  }

  @Test
  void findsWhatIsClearlyBetter() {
    Configuration good = Configuration.of(2, 4);
    int found = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      RacePlay play =
          play(
              DEFAULTS,
              2,
              seed,
              c -> 0.3 + (c.choice(0) == 2 ? 0.3 : 0) + (c.choice(1) == 4 ? 0.35 : 0));
      found += play.best().configuration().equals(good) ? 1 : 0;
    }

    assertThat(found).isGreaterThanOrEqualTo(SEEDS * 9 / 10);
  }

  @Test
  void endsAtTheSamePointWheneverSeedAndScoresAreTheSame() {
    for (long seed = 1; seed <= 5; seed++) {
      RacePlay one = play(DEFAULTS, 2, seed, c -> c.equals(BASELINE) ? 0.75 : 0.6);

      assertThat(play(DEFAULTS, 2, seed, c -> c.equals(BASELINE) ? 0.75 : 0.6).asks())
          .isEqualTo(one.asks());
    }
  }

  private static RacePlay play(
      double points, int inFlight, long seed, ToDoubleFunction<Configuration> truth) {
    return play(DEFAULTS.withPointsPerThousandTokens(points), inFlight, seed, truth);
  }

  private static RacePlay play(
      RacingSettings settings, int inFlight, long seed, ToDoubleFunction<Configuration> truth) {
    SearchRun run =
        RacePlay.start(settings, BUDGET.trialsInFlight(inFlight), SPACE, EXAMPLES, seed);
    return new RacePlay(run, RacePlay.coins(seed, truth)).toTheEnd();
  }
}
