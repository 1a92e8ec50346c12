package dev.hone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.lm.FakeModel;
import dev.hone.metric.CorpusMetric;
import dev.hone.metric.Metric;
import dev.hone.program.Program;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The score of a set, 10 of 100 examples of which are of the rare class. */
class CorpusEvaluationTest {
  private record Number(int number) {}

  private record Answer(boolean rare) {}

  private static final Dataset<Number, Answer> EXAMPLES =
      Dataset.of(
          IntStream.range(0, 100)
              .mapToObj(i -> Example.of(new Number(i), new Answer(i % 10 == 0)))
              .toList());
  private static final CorpusMetric<Number, Answer> MACRO = CorpusMetric.macroF1(Answer::rare);

  private static final Program<Number, Answer> NEVER = number -> new Answer(false);
  private static final Program<Number, Answer> HALF =
      number -> new Answer(number.number() % 20 == 0);

  private static Evaluation<Number, Answer> evaluate(
      Metric<Number, Answer> metric, Program<Number, Answer> program) {
    return Context.builder()
        .lm(new FakeModel("unused", r -> null))
        .build()
        .call(() -> Evaluator.of(EXAMPLES, metric).evaluate(program));
  }

  @Test
  void theScoreIsTheValueOfTheSetWithItsInterval() {
    Evaluation<Number, Answer> half = evaluate(MACRO, HALF);

    double ofRare = 2 * 5 / 15.0;
    double ofOther = 2 * 90 / 185.0;
    assertThat(half.score()).isCloseTo((ofRare + ofOther) / 2, within(1e-12));
    assertThat(half.interval().contains(half.score())).isTrue();
    assertThat(half.interval()).isEqualTo(evaluate(MACRO, HALF).interval());
    assertThat(half.scoreName()).isEqualTo("macro-F1");
    assertThat(half.scores()).hasSize(100);
    assertThat(half.observations()).hasSize(100);
    assertThat(half.toString()).startsWith("macro-F1 0.820 [");
    assertThat(half.table(1)).containsPattern("all\\s+macro-F1\\s+0.820");
  }

  @Test
  void anExampleWithoutOutputIsAWrongAnswer() {
    Evaluation<Number, Answer> failing =
        evaluate(
            CorpusMetric.recallOf(Answer::rare, true),
            number -> {
              if (number.number() == 0) {
                throw new IllegalStateException("no answer");
              }
              return new Answer(number.number() % 10 == 0);
            });

    assertThat(failing.score()).isCloseTo(0.9, within(1e-12));
  }

  @Test
  void whatIsUndefinedIsNoted() {
    Evaluation<Number, Answer> never =
        evaluate(CorpusMetric.precisionOf(Answer::rare, true), NEVER);

    assertThat(never.score()).isZero();
    assertThat(never.notes())
        .contains("No example gets the class true, so its precision is undefined and 0.");
  }

  @Test
  void twoAreComparedByThePairedBootstrapOfTheirValues() {
    Evaluation<Number, Answer> never = evaluate(MACRO, NEVER);
    Evaluation<Number, Answer> half = evaluate(MACRO, HALF);

    PairedComparison comparison = half.compareWith(never);

    assertThat(comparison.better()).isEqualTo(5);
    assertThat(comparison.meanDifference()).isCloseTo(half.score() - never.score(), within(1e-12));
    assertThat(comparison.interval().lower()).isPositive();
    assertThat(comparison.probabilityBetter()).isGreaterThan(0.97);
    assertThat(comparison.toString()).contains("difference of macro-F1 +0.346 [");
    assertThat(half.compareWith(half).probabilityBetter()).isEqualTo(0.5);
  }

  @Test
  void evaluationsByOtherMetricsAreNotCompared() {
    assertThatThrownBy(
            () -> evaluate(MACRO, HALF).compareWith(evaluate(Metric.exact(Answer::rare), NEVER)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("mean", "macro-F1");
  }
}
