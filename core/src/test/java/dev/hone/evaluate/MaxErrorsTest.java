package dev.hone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.evaluate.Numbers.Answer;
import dev.hone.evaluate.Numbers.Question;
import dev.hone.lm.LmException;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.program.Program;
import org.junit.jupiter.api.Test;

/** A limit on examples that fail, absolute or relative, for those who want one. */
class MaxErrorsTest {
  /** Fails in the program on 0, 10, 20, …, in the metric on 1, 11, …, for no reply on 2, 12, … */
  private static final Program<Question, Answer> PROGRAM =
      input -> {
        if (input.number() % 10 == 0) {
          throw new IllegalStateException("no " + input.number());
        } else if (input.number() % 10 == 2) {
          throw new LmException.Unavailable("down", null, null);
        }
        return new Answer(input.number());
      };

  private static final Metric<Question, Answer> METRIC =
      (example, output, run) -> {
        if (output.copy() % 10 == 1) {
          throw new IllegalStateException("no label");
        }
        return Score.of(1);
      };

  private static Evaluator<Question, Answer> evaluator(int examples) {
    return Evaluator.of(Numbers.of(examples), METRIC);
  }

  @Test
  void thereIsNoLimitByDefault() {
    assertThat(evaluator(100).evaluate(PROGRAM).count(Outcome.Scored.class)).isEqualTo(70);
    assertThat(EvaluationSettings.defaults().maxErrors()).isEmpty();
    assertThat(EvaluationSettings.defaults().maxErrorRate()).isEmpty();
  }

  @Test
  void asManyErrorsAsAllowedPassAndOneMoreEndsIt() {
    assertThat(evaluator(100).maxErrors(30).evaluate(PROGRAM).results()).hasSize(100);
    assertThatThrownBy(() -> evaluator(100).maxErrors(29).evaluate(PROGRAM))
        .isInstanceOf(EvaluationFailedException.class)
        .hasMessage(
            "30 examples failed, and maxErrors allows 29. The first: the program failed:"
                + " java.lang.IllegalStateException: no 0")
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> evaluator(100).maxErrors(0).evaluate(PROGRAM))
        .hasMessageContaining("failed, and maxErrors allows 0.");
  }

  @Test
  void aShareIsOfAllExamplesOfTheEvaluation() {
    assertThat(evaluator(100).maxErrorRate(0.3).evaluate(PROGRAM).results()).hasSize(100);
    assertThatThrownBy(() -> evaluator(100).maxErrorRate(0.29).evaluate(PROGRAM))
        .isInstanceOf(EvaluationFailedException.class)
        .hasMessageContaining("30 examples failed, and maxErrors allows 29.");
    assertThatThrownBy(() -> evaluator(100).maxErrorRate(0.5).maxErrors(3).evaluate(PROGRAM))
        .hasMessageContaining("maxErrors allows 3.");
  }

  @Test
  void theResultsSoFarAreInTheException() {
    assertThatThrownBy(() -> evaluator(1_000).maxErrors(10).maxInFlight(1).evaluate(PROGRAM))
        .isInstanceOfSatisfying(
            EvaluationFailedException.class,
            e -> {
              assertThat(e.results()).hasSize(32);
              assertThat(EvaluationFailedException.in(e)).containsSame(e);
              assertThat(e.results().get(3).outcome()).isInstanceOf(Outcome.Scored.class);
            });
  }

  @Test
  void holdsForPartsOfARunToo() {
    EvaluationEngine<Question, Answer> engine =
        new EvaluationEngine<>(PROGRAM, METRIC, EvaluationSettings.defaults().withMaxErrors(2));

    assertThatThrownBy(
            () ->
                engine.evaluatePart(
                    engine.runner().predictors().initialState(), Numbers.of(30).examples()))
        .isInstanceOf(EvaluationFailedException.class);
  }

  @Test
  void refusesLimitsThatAreNone() {
    assertThatThrownBy(() -> evaluator(1).maxErrors(-1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("maxErrors (-1) is less than 0");
    for (double rate : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> evaluator(1).maxErrorRate(rate))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("maxErrorRate (" + rate + ") is not between 0 and 1");
    }
    EvaluationSettings both =
        EvaluationSettings.defaults().withMaxErrors(7).withMaxErrorRate(0.25).withMemoize(false);
    assertThat(both.maxErrors()).hasValue(7);
    assertThat(both.maxErrorRate()).hasValue(0.25);
    assertThat(both.memoize()).isFalse();
    assertThat(both.mostErrors(100)).isEqualTo(7);
    assertThat(both.mostErrors(10)).isEqualTo(2);
  }
}
