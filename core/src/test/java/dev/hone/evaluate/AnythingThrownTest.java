package dev.hone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.lm.LmException;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.program.Program;
import java.io.IOException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a metric or program throws on one example costs that example only. */
class AnythingThrownTest {
  private record Question(int number) {}

  private record Answer(int copy) {}

  private static final Program<Question, Answer> COPY = input -> new Answer(input.number());

  static Stream<Throwable> anything() {
    return Stream.of(
        new IOException("checked"),
        new NoClassDefFoundError("missing"),
        new ExceptionInInitializerError("broken"),
        new OutOfMemoryError("full"),
        new StackOverflowError("deep"),
        new AssertionError("wrong"));
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <X extends Throwable> X thrown(Throwable error) throws X {
    throw (X) error;
  }

  private static Metric<Question, Answer> metric(Throwable error) {
    return (example, actual, context) -> {
      if (actual.copy() == 3) {
        AnythingThrownTest.<RuntimeException>thrown(error);
      }
      return Score.of(1);
    };
  }

  private static Evaluation<Question, Answer> evaluate(
      Program<Question, Answer> program, Metric<Question, Answer> metric) {
    return Evaluator.of(
            Dataset.of(
                IntStream.range(0, 9)
                    .mapToObj(i -> Example.of(new Question(i), new Answer(i)))
                    .toList()),
            metric)
        .evaluate(program);
  }

  @ParameterizedTest
  @MethodSource("anything")
  void whatAMetricThrowsIsThatExamplesFailure(Throwable error) {
    Evaluation<Question, Answer> evaluation = evaluate(COPY, metric(error));

    assertThat(evaluation.score()).isEqualTo(1);
    assertThat(evaluation.count(Outcome.MetricFailed.class)).isEqualTo(1);
    assertThat(evaluation.results().get(3).outcome())
        .isInstanceOfSatisfying(
            Outcome.MetricFailed.class, failed -> assertThat(failed.error()).hasRootCause(error));
  }

  @ParameterizedTest
  @MethodSource("anything")
  void whatAProgramThrowsIsThatExamplesFailure(Throwable error) {
    Program<Question, Answer> program =
        input -> {
          if (input.number() == 3) {
            AnythingThrownTest.<RuntimeException>thrown(error);
          }
          return COPY.run(input);
        };

    Evaluation<Question, Answer> evaluation = evaluate(program, Metric.exact(Answer::copy));

    assertThat(evaluation.count(Outcome.ProgramFailed.class)).isEqualTo(1);
    assertThat(evaluation.score()).isEqualTo(8.0 / 9);
  }

  @Test
  void anInterruptedMetricOrProgramEndsTheEvaluation() {
    Program<Question, Answer> program =
        input -> {
          throw AnythingThrownTest.<RuntimeException>thrown(new InterruptedException());
        };

    assertThatThrownBy(() -> evaluate(COPY, metric(new InterruptedException())))
        .isInstanceOf(LmException.Interrupted.class);
    Thread.interrupted();
    assertThatThrownBy(() -> evaluate(program, Metric.exact(Answer::copy)))
        .isInstanceOf(LmException.Interrupted.class);
    Thread.interrupted();
  }

  @Test
  void aJudgeThatRefusesIsTheMetricsFailureAndOneThatIsAwayIsNot() {
    Evaluation<Question, Answer> refused =
        evaluate(COPY, metric(new LmException.ContentRefused("no", null)));
    Evaluation<Question, Answer> away =
        evaluate(COPY, metric(new LmException.Unavailable("down", null, null)));

    assertThat(refused.count(Outcome.MetricFailed.class)).isEqualTo(1);
    assertThat(away.count(Outcome.LmUnavailable.class)).isEqualTo(1);
  }
}
