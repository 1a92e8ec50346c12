package dev.hone.optimize.search.racing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchSpace;
import dev.hone.optimize.search.racing.model.Arm;
import dev.hone.optimize.search.racing.model.BetweenVarianceEstimator;
import dev.hone.optimize.search.racing.model.Effects;
import dev.hone.optimize.search.racing.model.ExampleOrder;
import dev.hone.optimize.search.racing.model.MixedModel;
import dev.hone.optimize.search.racing.model.Posterior;
import dev.hone.optimize.search.racing.model.Variances;
import dev.hone.optimize.search.racing.model.WithinVarianceEstimator;
import dev.hone.stats.NormalDistribution;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The probabilities that a race states are wider than its model's, which is too sure of itself. */
class ProbabilitiesTest {
  private static final SearchSpace SPACE = RacePlay.space(1, 2);
  private static final int EXAMPLES = 40;
  private static final int RACES = 200;

  private final ExampleOrder order =
      new ExampleOrder(Collections.nCopies(EXAMPLES, ""), 10, new SplittableRandom(1));

  @Test
  void theComparisonWithTheBaselineIsWidened() {
    Race race = race(1);
    List<Arm> tried = race.pool().withOutcomes();

    double stated = race.probabilityOfWorse(tried.get(1), tried.get(0));

    assertThat(stated).isCloseTo(model(tried).probabilityOfWorse(1, 0, 1.3), within(1e-9));
    assertThat(stated).isGreaterThan(model(tried).probabilityOfWorse(1, 0, 1) + 0.02);
  }

  @Test
  void theExpectedLossIsWidenedAsMuch() {
    double better = 0;
    double worse = 0;
    for (long seed = 1; seed <= RACES; seed++) {
      Race race = race(seed);
      better += race.expectedLoss(race.pool().withOutcomes().get(1)) / RACES;
      worse += race.expectedLoss(race.pool().withOutcomes().get(0)) / RACES;
    }

    Posterior model = model(race(1).pool().withOutcomes());
    double gap = model.meanOfTried(1) - model.meanOfTried(0);
    double deviation = 1.3 * Math.sqrt(model.gapVariance(0, 1));
    double z = gap / deviation;
    double loss =
        deviation * (NormalDistribution.density(z) - z * NormalDistribution.probability(-z));
    assertThat(better).isCloseTo(loss, within(0.1 * loss)).isPositive();
    assertThat(worse).as("by what is predicted less of it").isCloseTo(better + gap, within(1e-9));
  }

  /** Two configurations, the second better by five of forty examples. */
  private Race race(long seed) {
    SearchProblem problem = RacePlay.problem(SPACE, EXAMPLES, c -> 1000);
    Race race = new Race(problem, order, true, new SplittableRandom(seed));
    for (int choice = 0; choice < 2; choice++) {
      Arm arm = race.pool().arm(Configuration.of(0, choice));
      arm.askAll();
      double[] scores = new double[EXAMPLES];
      for (int example = 0; example < EXAMPLES; example++) {
        boolean right = example % 2 == 0 || choice == 1 && example % 8 == 1;
        scores[example] = right ? 1 : 0;
      }
      arm.take(scores);
      arm.settle();
    }
    race.learn();
    return race;
  }

  private Posterior model(List<Arm> tried) {
    Effects effects = new Effects(SPACE);
    BetweenVarianceEstimator between = new BetweenVarianceEstimator(effects);
    WithinVarianceEstimator estimator = WithinVarianceEstimator.of(tried, order);
    double scale = estimator.scale();
    Variances variances =
        new Variances(
            scale,
            estimator.noise(),
            estimator.difficulty(),
            between.priorEffects(scale),
            between.priorInteraction(scale));
    return new MixedModel(effects, order, variances, tried, Configuration.of(0, 0)).solve();
  }
}
