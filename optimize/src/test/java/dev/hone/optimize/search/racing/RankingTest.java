package dev.hone.optimize.search.racing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchSpace;
import dev.hone.optimize.search.racing.model.Arm;
import dev.hone.optimize.search.racing.model.ExampleOrder;
import java.util.Collections;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingTest {
  private static final SearchSpace SPACE = RacePlay.space(3, 6);
  private static final int EXAMPLES = 40;
  private static final Configuration BASELINE = Configuration.of(0, 0);
  private static final Configuration OTHER = Configuration.of(1, 3);

  private final ExampleOrder order =
      new ExampleOrder(Collections.nCopies(EXAMPLES, ""), 10, new SplittableRandom(1));
  private final Race race =
      new Race(RacePlay.problem(SPACE, EXAMPLES, c -> 0), order, true, new SplittableRandom(2));

  @Test
  void choosesTheHighestPredictionThoughItMayBeNoise() {
    completed(BASELINE, example -> example % 2);
    completed(OTHER, example -> example == 0 ? 1 : example % 2);

    Arm other = race.pool().arm(OTHER);
    Ranking ranking = ranking(true, c -> 0);
    assertThat(race.prediction(other)).isGreaterThan(prediction(BASELINE));
    assertThat(ranking.confidence(other)).isBetween(0.5, 0.8);
    assertThat(ranking.choose().configuration()).isEqualTo(OTHER);
    assertThat(ranking.chooseSoFar().configuration()).isEqualTo(OTHER);
    assertThat(ranking(false, c -> 0).choose().configuration()).isEqualTo(OTHER);
  }

  @Test
  void choosesAmongCompleteOnesOnlyWhereTheRaceCompletes() {
    completed(BASELINE, example -> example % 2);
    Arm other = race.pool().arm(OTHER);
    double[] scores = RacePlay.noScores(EXAMPLES);
    other.nextBlock().forEach(example -> scores[example] = 1);
    other.take(scores);
    other.settle();
    race.learn();

    assertThat(race.prediction(other)).isGreaterThan(prediction(BASELINE));
    assertThat(ranking(true, c -> 0).choose().configuration()).isEqualTo(BASELINE);
    assertThat(ranking(true, c -> 0).chooseSoFar().configuration()).isEqualTo(OTHER);
    assertThat(ranking(false, c -> 0).choose().configuration()).isEqualTo(OTHER);
  }

  @Test
  void choosesWhatIsLikelyBetterThanTheBaseline() {
    completed(BASELINE, example -> example % 2);
    completed(OTHER, example -> example % 8 == 0 ? 0 : 1);

    Ranking ranking = ranking(true, c -> 0);

    assertThat(ranking.choose().configuration()).isEqualTo(OTHER);
    assertThat(ranking.confidence(race.pool().arm(OTHER))).isGreaterThan(0.8);
    assertThat(ranking.confidence(race.pool().arm(BASELINE))).isEqualTo(1);
  }

  @Test
  void ofEqualPredictionsTheShorterPromptWins() {
    IntToDoubleFunction good = example -> example % 8 == 0 ? 0 : 1;
    completed(BASELINE, example -> example % 2);
    completed(Configuration.of(1, 1), good);
    completed(Configuration.of(2, 2), good);

    assertThat(prediction(Configuration.of(1, 1))).isEqualTo(prediction(Configuration.of(2, 2)));
    Ranking firstShorter = ranking(false, c -> c.choice(0));
    Ranking secondShorter = ranking(false, c -> -c.choice(0));
    assertThat(firstShorter.of(null).toList().get(0).configuration())
        .isEqualTo(Configuration.of(1, 1));
    assertThat(secondShorter.of(null).toList().get(0).configuration())
        .isEqualTo(Configuration.of(2, 2));
  }

  @Test
  void ofEqualMeansOnTheWholeValsetTheShorterPromptWinsWhateverIsPredicted() {
    completed(BASELINE, example -> example % 2);
    completed(Configuration.of(1, 1), example -> example % 8 == 0 ? 0 : 1);
    completed(Configuration.of(2, 2), example -> example % 8 == 1 ? 0 : 1);
    completed(Configuration.of(2, 3), example -> example % 7 == 1 ? 0 : 1);

    assertThat(prediction(Configuration.of(2, 2)))
        .isGreaterThan(prediction(Configuration.of(1, 1)));
    assertThat(ranking(true, c -> c.choice(0)).choose().configuration())
        .isEqualTo(Configuration.of(1, 1));
    assertThat(ranking(true, c -> c.choice(0)).best().orElseThrow().configuration())
        .isEqualTo(Configuration.of(1, 1));
    assertThat(ranking(true, c -> -c.choice(0)).choose().configuration())
        .isEqualTo(Configuration.of(2, 2));
    assertThat(ranking(true, c -> 0).choose().configuration()).isEqualTo(Configuration.of(2, 2));
  }

  @Test
  void ofEqualMeansOnTheWholeValsetTheBaselineWinsThoughItsPromptIsLonger() {
    completed(BASELINE, example -> example % 8 == 0 ? 0 : 1);
    completed(OTHER, example -> example % 8 == 1 ? 0 : 1);
    completed(Configuration.of(1, 4), example -> example % 7 == 1 ? 0 : 1);
    completed(Configuration.of(0, 5), example -> example % 2);

    Ranking ranking = ranking(true, c -> -c.choice(0));

    assertThat(prediction(OTHER)).isNotEqualTo(prediction(BASELINE));
    assertThat(ranking.choose().configuration()).isEqualTo(BASELINE);
  }

  private void completed(Configuration configuration, IntToDoubleFunction scores) {
    Arm arm = race.pool().arm(configuration);
    arm.askAll();
    arm.take(IntStream.range(0, EXAMPLES).mapToDouble(scores::applyAsDouble).toArray());
    arm.settle();
    race.learn();
  }

  private double prediction(Configuration configuration) {
    return race.prediction(race.pool().arm(configuration));
  }

  private Ranking ranking(boolean wholeValset, ToDoubleFunction<Configuration> tokensPerRun) {
    SearchProblem problem = RacePlay.problem(SPACE, EXAMPLES, tokensPerRun);
    return new Ranking(race, problem, wholeValset);
  }
}
