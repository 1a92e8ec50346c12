package dev.hone.optimize.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoreTableTest {
  private static final Configuration BASELINE = Configuration.of(2);
  private static final SearchProblem PROBLEM = SearchProblem.of(Play.space(6), BASELINE, 4);

  private final ScoreTable table = new ScoreTable(PROBLEM.tokensPerRun(c -> -c.choice(0)));

  @Test
  void ofTwoScoresOfAPairTheLaterCounts() {
    put(1, 1, 1, Double.NaN, Double.NaN);

    put(1, 0, Double.NaN, Double.NaN, Double.NaN);

    assertThat(table.scores(Configuration.of(1))).containsExactly(0, 1, Double.NaN, Double.NaN);
    assertThat(table.score(Configuration.of(1), 0)).hasValue(0);
    assertThat(table.score(Configuration.of(1), 3)).isEmpty();
    assertThat(table.mean(Configuration.of(1))).hasValue(0.5);
    assertThat(table.count(Configuration.of(1))).isEqualTo(2);
    assertThat(table.isComplete(Configuration.of(1))).isFalse();
  }

  @Test
  void knowsNothingOfWhatWasNeverEvaluated() {
    Configuration never = Configuration.of(5);

    assertThat(table.isEmpty()).isTrue();
    assertThat(table.mean(never)).isEmpty();
    assertThat(table.count(never)).isZero();
    assertThat(table.isComplete(never)).isFalse();
    assertThat(table.summary(never)).isEmpty();
    assertThat(table.scores(never)).containsOnly(Double.NaN);
    assertThat(table.best()).isEmpty();
  }

  @Test
  void isEmptyWhileNoEvaluationHadAScore() {
    put(1, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    assertThat(table.isEmpty()).isTrue();
    assertThat(table.summaries()).isEmpty();
    assertThat(table.configurations()).containsExactly(Configuration.of(1));
  }

  @Test
  void listsCompleteConfigurationsBeforeOthersAndTheBestFirst() {
    put(0, 1, 1, Double.NaN, 1);
    put(1, 0, 1, 0, 0);
    put(3, 0, 1, 1, 0);
    put(4, 0, 0, Double.NaN, Double.NaN);

    assertThat(table.summaries())
        .containsExactly(
            new ConfigurationSummary(Configuration.of(3), 0.5, 4, true),
            new ConfigurationSummary(Configuration.of(1), 0.25, 4, true),
            new ConfigurationSummary(Configuration.of(0), 1, 3, false),
            new ConfigurationSummary(Configuration.of(4), 0, 2, false));
    assertThat(table.best()).contains(table.summaries().get(0));
  }

  @Test
  void ofEqualMeansTheBaselineIsBestThenTheSmallerPromptThenTheOlder() {
    ScoreTable even = new ScoreTable(PROBLEM.tokensPerRun(c -> c.choice(0) / 4));
    for (int choice : new int[] {5, 3, 1, 2}) {
      even.put(scores(choice, 0.5, 0.5, 0.5, 0.5));
    }

    assertThat(even.summaries())
        .extracting(summary -> summary.configuration().choice(0))
        .containsExactly(2, 3, 1, 5);
  }

  @Test
  void takesSumsOfTheSameScoresInAnotherOrderForEqual() {
    put(1, 0.1, 0.2, 0.3, 0.7);
    put(3, 0.7, 0.3, 0.2, 0.1);

    assertThat(table.mean(Configuration.of(1))).isEqualTo(table.mean(Configuration.of(3)));
  }

  @Test
  void countsNoExampleThatIsLeftOut() {
    put(2, 0, Double.NaN, 1, Double.NaN);
    put(3, 0, 1, Double.NaN, 1);
    put(1, 1, 0, 1, 0);

    int left = table.leaveOutUnscored(BASELINE);

    assertThat(left).isEqualTo(2);
    assertThat(table.examples()).containsExactly(0, 2);
    assertThat(table.isComplete(BASELINE)).isTrue();
    assertThat(table.mean(Configuration.of(1))).hasValue(1);
    assertThat(table.count(Configuration.of(3))).isEqualTo(1);
    assertThat(table.scores(Configuration.of(1))).containsExactly(1, 0, 1, 0);
    assertThat(table.leaveOutUnscored(Configuration.of(5))).isZero();
  }

  @Test
  void tellsHowAnExampleFared() {
    put(1, 0, 1, Double.NaN, 1);
    put(3, 1, 1, Double.NaN, 0);

    assertThat(table.exampleStatistics(0).getAverage()).isEqualTo(0.5);
    assertThat(table.exampleStatistics(1).getMin()).isEqualTo(1);
    assertThat(table.exampleStatistics(2).getCount()).isZero();
  }

  private void put(int choice, double... scores) {
    table.put(scores(choice, scores));
  }

  private static EvaluationScores scores(int choice, double... scores) {
    List<Integer> examples = IntStream.range(0, scores.length).boxed().toList();
    return new EvaluationScores(
        new EvaluationRequest(
            0,
            EvaluationRequest.Kind.FULL,
            Configuration.of(choice),
            examples,
            EvaluationRequest.Choice.GUIDED),
        Arrays.stream(scores)
            .mapToObj(s -> Double.isNaN(s) ? OptionalDouble.empty() : OptionalDouble.of(s))
            .toList());
  }
}
