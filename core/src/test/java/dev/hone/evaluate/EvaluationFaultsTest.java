package dev.hone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.context.MissingModelException;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of the setting, the program or the metric that must not look like a low score. */
class EvaluationFaultsTest {
  private record Question(int number) {}

  private record Answer(int copy) {}

  private static final Metric<Question, Answer> EXACT = Metric.exact(Answer::copy);
  private static final Program<Question, Answer> COPY = input -> new Answer(input.number());

  private static Dataset<Question, Answer> numbers(int count) {
    return Dataset.of(
        IntStream.range(0, count)
            .mapToObj(i -> Example.of(new Question(i), new Answer(i)))
            .toList());
  }

  private static Program<Question, Answer> failingOn(int... numbers) {
    return input -> {
      if (IntStream.of(numbers).anyMatch(n -> n == input.number())) {
        throw new IllegalStateException(
            "no answer for " + input.number() + ", key sk-0123456789abcdef0123");
      }
      return COPY.run(input);
    };
  }

  @Test
  void aMissingModelEndsTheEvaluation() {
    Counting program =
        new Counting(Predict.of(Question.class, Answer.class, "Repeat it."), new AtomicInteger());

    assertThatThrownBy(() -> Evaluator.of(numbers(500), EXACT).evaluate(program.predict()))
        .isInstanceOf(MissingModelException.class)
        .hasMessageContaining("Maybe run the code inside");
    assertThatThrownBy(() -> Evaluator.of(numbers(500), EXACT).evaluate(program))
        .isInstanceOf(MissingModelException.class);
    assertThat(program.runs().get()).isLessThan(500);
  }

  private record Counting(Predict<Question, Answer> predict, AtomicInteger runs)
      implements Program<Question, Answer> {
    @Override
    public Answer run(Question input) {
      runs.incrementAndGet();
      return predict.run(input);
    }
  }

  @Test
  @SuppressWarnings("NullAway")
  void refusesAProgramThatIsNull() {
    assertThatThrownBy(() -> Evaluator.of(numbers(5), EXACT).evaluate(null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("The program is null");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 20})
  void aMetricThatFailsOnEveryOutputEndsTheEvaluationThoughTheProgramFailedToo(int examples) {
    Metric<Question, Answer> failing =
        (example, actual, context) -> {
          throw new IllegalStateException("no label");
        };

    assertThatThrownBy(() -> Evaluator.of(numbers(examples), failing).evaluate(failingOn(0)))
        .isInstanceOf(EvaluationFailedException.class)
        .hasMessageContaining("The metric failed on each output that the program gave")
        .hasMessageContaining("no label")
        .hasRootCauseMessage("no label");
  }

  @Test
  void stopsEarlyWhenTheMetricFailsOnMostOfTheFirstExamples() {
    AtomicInteger runs = new AtomicInteger();
    Metric<Question, Answer> failing =
        (example, actual, context) -> {
          runs.incrementAndGet();
          throw new IllegalStateException("no label");
        };

    assertThatThrownBy(
            () ->
                Context.builder()
                    .build()
                    .call(
                        () -> Evaluator.of(numbers(10_000), failing).evaluate(failingOn(0, 1, 2))))
        .isInstanceOf(EvaluationFailedException.class)
        .hasMessageContaining("5, on the first 8 examples");
    assertThat(runs.get()).isLessThan(9_000);
  }

  @Test
  void saysWhatTheFirstFailureWas() {
    Evaluation<Question, Answer> evaluation =
        Evaluator.of(numbers(5), EXACT).evaluate(failingOn(2, 3));

    assertThat(evaluation.toString().lines())
        .anySatisfy(line -> assertThat(line).contains("on 5 examples, 2 program failed"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("2 times IllegalStateException, the first in example 3: ")
                    .contains("no answer for 2")
                    .doesNotContain("0123456789"));
  }

  @Test
  void anAssertionOrAStackOverflowIsAFaultLikeAnother() {
    Metric<Question, Answer> asserting =
        (example, actual, context) -> {
          if (actual.copy() == 1) {
            throw new AssertionError("not so");
          }
          return Score.of(1);
        };
    Program<Question, Answer> deep =
        input -> {
          if (input.number() == 3) {
            throw new StackOverflowError();
          }
          return COPY.run(input);
        };

    Evaluation<Question, Answer> evaluation = Evaluator.of(numbers(5), asserting).evaluate(deep);

    assertThat(evaluation.count(Outcome.MetricFailed.class)).isOne();
    assertThat(evaluation.count(Outcome.ProgramFailed.class)).isOne();
    assertThat(evaluation.count(Outcome.Scored.class)).isEqualTo(3);
    assertThat(evaluation).asString().contains("The metric threw java.lang.AssertionError: not so");
  }
}
