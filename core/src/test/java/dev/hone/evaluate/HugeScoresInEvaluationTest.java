package dev.hone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.evaluate.Numbers.Answer;
import dev.hone.evaluate.Numbers.Question;
import dev.hone.metric.Metric;
import dev.hone.program.Program;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scores whose sum is not finite have a mean, parts, an interval and a comparison that are. */
class HugeScoresInEvaluationTest {
  private static final Program<Question, Answer> COPY = input -> new Answer(input.number());

  private static Evaluation<Question, Answer> evaluate(int examples, IntToDoubleFunction score) {
    Metric<Question, Answer> metric =
        Metric.of("size", (expected, actual) -> score.applyAsDouble(actual.copy()));
    return Evaluator.of(Numbers.of(examples), Metric.mean(metric, metric)).evaluate(COPY);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e308, -1e308, 1.7e308, Double.MAX_VALUE, -Double.MAX_VALUE})
  void theMeanOfEqualHugeScoresIsThatScore(double score) {
    Evaluation<Question, Answer> evaluation = evaluate(2, number -> score);

    assertThat(evaluation.score()).isEqualTo(score);
    assertThat(evaluation.scoreByPart().values()).containsOnly(score);
    assertThat(evaluation.interval().lower()).isFinite();
    assertThat(evaluation.interval().upper()).isFinite();
    assertThat(evaluation.interval().contains(score)).isTrue();
    assertThat(evaluation.toString().lines()).allMatch(line -> line.length() < 200);
    assertThat(evaluation.table().lines()).allMatch(line -> line.length() < 200);
  }

  @Test
  void ordinaryScoresHaveThreeDecimals() {
    assertThat(EvaluationText.number(0.12345)).isEqualTo("0.123");
    assertThat(EvaluationText.number(-999_999_999)).isEqualTo("-999999999.000");
    assertThat(EvaluationText.number(1e9)).isEqualTo("1.0e+09");
    assertThat(EvaluationText.number(-1e308)).isEqualTo("-1.0e+308");
  }

  @Test
  void comparesHugeScores() {
    double[] low = {-1e308, -1.5e308, -1e308};
    double[] high = {1e308, 1.5e308, 1e308};

    PairedComparison comparison = PairedComparison.of(low, high);

    assertThat(comparison.better()).isEqualTo(3);
    assertThat(comparison.meanDifference()).isEqualTo(Double.MAX_VALUE);
    assertThat(comparison.interval().lower()).isFinite();
    assertThat(comparison.interval().upper()).isFinite();
    assertThat(comparison.probabilityBetter()).isGreaterThan(0.5);
    assertThat(PairedComparison.of(high, low).probabilityBetter()).isLessThan(0.5);
  }

  @Test
  void theProbabilityDoesNotDependOnTheScale() {
    double[] before = {3, 5, 9, 2, 7};
    double[] after = {4, 6, 8, 5, 9};
    double expected = PairedComparison.of(before, after).probabilityBetter();

    for (double factor : new double[] {1e-3, 10, 1e100, 1e307}) {
      PairedComparison scaled = PairedComparison.of(times(before, factor), times(after, factor));

      assertThat(scaled.probabilityBetter()).isCloseTo(expected, within(0.05));
    }
  }

  private static double[] times(double[] values, double factor) {
    return java.util.Arrays.stream(values).map(value -> value * factor).toArray();
  }
}
