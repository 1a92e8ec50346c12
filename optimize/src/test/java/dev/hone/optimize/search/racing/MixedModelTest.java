package dev.hone.optimize.search.racing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.Dimension;
import dev.hone.optimize.search.SearchSpace;
import dev.hone.optimize.search.racing.model.Arm;
import dev.hone.optimize.search.racing.model.Effects;
import dev.hone.optimize.search.racing.model.ExampleOrder;
import dev.hone.optimize.search.racing.model.MixedModel;
import dev.hone.optimize.search.racing.model.Posterior;
import dev.hone.optimize.search.racing.model.Variances;
import dev.hone.stats.NormalDistribution;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MixedModelTest {
  private static final SearchSpace TWO_PREDICTORS =
      new SearchSpace(
          List.of(
              new Dimension("a", Dimension.Part.INSTRUCTIONS, 2),
              new Dimension("a", Dimension.Part.DEMOS, 3),
              new Dimension("b", Dimension.Part.INSTRUCTIONS, 2),
              new Dimension("b", Dimension.Part.DEMOS, 2)));
  private static final SearchSpace ONE_PREDICTOR =
      new SearchSpace(TWO_PREDICTORS.dimensions().subList(0, 2));

  private final SplittableRandom random = new SplittableRandom(5);

  @Test
  void predictsAsTheDenseSolveDoes() {
    for (SearchSpace space : List.of(ONE_PREDICTOR, TWO_PREDICTORS)) {
      ExampleOrder order = order(17, 5);
      List<Arm> arms = arms(space, order, 6, 0);

      agreesWithDenseSolve(space, order, arms);
    }
  }

  @Test
  void predictsAsTheDenseSolveDoesWhereScoresAreMissingAndBlocksAreSingleExamples() {
    ExampleOrder order = order(14, 1);
    List<Arm> arms = arms(TWO_PREDICTORS, order, 6, 0.3);

    agreesWithDenseSolve(TWO_PREDICTORS, order, arms);
  }

  @Test
  void staysCloseToTheDenseSolveWhereScoresOfBlocksAreMissing() {
    ExampleOrder order = order(40, 10);
    List<Arm> arms = arms(ONE_PREDICTOR, order, 5, 0.1);
    Effects effects = new Effects(ONE_PREDICTOR);
    Variances variances = variances(effects);

    Posterior posterior = new MixedModel(effects, order, variances, arms, null).solve();

    DenseReference dense = new DenseReference(effects, order, variances, arms);
    for (int i = 1; i < arms.size(); i++) {
      double gap = posterior.meanOfTried(i) - posterior.meanOfTried(0);
      double spread = Math.sqrt(dense.differenceVariance(i, 0));
      assertThat(gap).isCloseTo(dense.mean(i) - dense.mean(0), within(spread / 2));
    }
  }

  @Test
  void drawsHaveThePosteriorsMeanAndSpread() {
    ExampleOrder order = order(20, 5);
    List<Arm> arms = arms(ONE_PREDICTOR, order, 5, 0);
    Effects effects = new Effects(ONE_PREDICTOR);
    Posterior posterior = new MixedModel(effects, order, variances(effects), arms, null).solve();

    double sum = 0;
    double squares = 0;
    int draws = 20_000;
    for (int i = 0; i < draws; i++) {
      double[] unknowns = posterior.draw(random);
      double gap =
          posterior.drawTried(0, unknowns, random) - posterior.drawTried(1, unknowns, random);
      sum += gap;
      squares += gap * gap;
    }

    double mean = sum / draws;
    double variance = squares / draws - mean * mean;
    DenseReference dense = new DenseReference(effects, order, variances(effects), arms);
    assertThat(mean).isCloseTo(dense.mean(0) - dense.mean(1), within(0.005));
    assertThat(variance / dense.differenceVariance(0, 1)).isCloseTo(1, within(0.05));
  }

  private void agreesWithDenseSolve(SearchSpace space, ExampleOrder order, List<Arm> arms) {
    Effects effects = new Effects(space);
    Variances variances = variances(effects);

    Posterior posterior = new MixedModel(effects, order, variances, arms, null).solve();

    DenseReference dense = new DenseReference(effects, order, variances, arms);
    for (int i = 0; i < arms.size(); i++) {
      assertThat(posterior.meanOfTried(i)).isCloseTo(dense.mean(i), within(1e-9));
    }
    double gap = dense.mean(0) - dense.mean(1);
    double worse = NormalDistribution.probability(-gap / Math.sqrt(dense.differenceVariance(0, 1)));
    assertThat(posterior.probabilityOfWorse(0, 1, 1)).isCloseTo(worse, within(1e-6));
    double wider =
        NormalDistribution.probability(-gap / Math.sqrt(dense.differenceVariance(0, 1)) / 2);
    assertThat(posterior.probabilityOfWorse(0, 1, 2)).isCloseTo(wider, within(1e-6));
  }

  private static Variances variances(Effects effects) {
    double[] ofEffects = new double[effects.families()];
    for (int i = 0; i < ofEffects.length; i++) {
      ofEffects[i] = 0.01 * (i + 1);
    }
    return new Variances(0.2, 0.12, 0.08, ofEffects, 0.006);
  }

  private static ExampleOrder order(int examples, int blockSize) {
    return new ExampleOrder(Collections.nCopies(examples, ""), blockSize, new SplittableRandom(1));
  }

  private List<Arm> arms(SearchSpace space, ExampleOrder order, int count, double missing) {
    List<Arm> arms = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Configuration configuration = space.at(i * space.size() / count);
      Arm arm = new Arm(configuration, order);
      double[] scores = RacePlay.noScores(order.all().size());
      for (int block = 0; block <= i % order.blockCount(); block++) {
        for (int example : arm.nextBlock()) {
          boolean there = random.nextDouble() >= missing;
          scores[example] = there ? random.nextInt(2) : Double.NaN;
        }
      }
      arm.take(scores);
      arms.add(arm);
    }
    return arms.stream().filter(arm -> arm.seen() > 0).toList();
  }
}
