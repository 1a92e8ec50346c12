package dev.hone.evaluate;

import dev.hone.row.RowFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.evaluate.Numbers.Answer;
import dev.hone.evaluate.Numbers.Question;
import dev.hone.lm.LmException;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.program.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where a failure arises, and what it is, decide what becomes of the example; never how it is
 * wrapped.
 */
class FailureKindTest {
  private static final Program<Question, Answer> COPY = input -> new Answer(input.number());

  private static final List<UnaryOperator<Throwable>> WRAPPINGS =
      List.of(
          error -> error,
          CompletionException::new,
          ExecutionException::new,
          InvocationTargetException::new,
          UndeclaredThrowableException::new,
          error -> new RuntimeException("service failed", error),
          error -> new UncheckedIOException(new IOException("in a stream", error)),
          error -> new AssertionError("in a test", error),
          error -> new ExceptionInInitializerError(error),
          error -> new CompletionException(new ExecutionException(new RuntimeException(error))),
          error -> deep(error, 60));

  private static Throwable deep(Throwable error, int levels) {
    Throwable wrapped = error;
    for (int i = 0; i < levels; i++) {
      wrapped = new IllegalStateException("level " + i, wrapped);
    }
    return wrapped;
  }

  private static Stream<Arguments> wrapped(List<? extends Throwable> errors, Class<?> kind) {
    List<Arguments> rows = new ArrayList<>();
    for (Throwable error : errors) {
      for (UnaryOperator<Throwable> wrapping : WRAPPINGS) {
        rows.add(Arguments.of(wrapping.apply(error), kind));
      }
    }
    return rows.stream();
  }

  private static List<Throwable> noReply() {
    return List.of(
        new LmException.RateLimited("too many", null, null),
        new LmException.TimedOut("slow", null),
        new LmException.Unavailable("down", null, null),
        new LmException.InvalidRequest("unknown model", null),
        new LmException.ProviderFailed("bug", new NullPointerException()),
        new LmException.Vetoed("not allowed", null));
  }

  private static List<Throwable> refusals() {
    return List.of(
        new LmException.ContentRefused("filter", null),
        new LmException.ContextWindowExceeded("too long", null));
  }

  private static List<Throwable> own() {
    return List.of(
        new IllegalStateException("mine"),
        new IOException("checked"),
        new Exception("plain"),
        new NoClassDefFoundError("io/x/Y"),
        new ExceptionInInitializerError("static"),
        new OutOfMemoryError("heap"),
        new StackOverflowError(),
        new LinkageError("versions"),
        new AssertionError("not so"));
  }

  private static List<Throwable> ends() {
    return List.of(
        new LmException.Unauthorized("key", null),
        new LmException.BudgetExhausted("spent"),
        new LmException.Interrupted("stop", null));
  }

  private static List<Throwable> interrupts() {
    return List.of(new InterruptedException(), new ClosedByInterruptException());
  }

  static Stream<Arguments> ofPrograms() {
    return Stream.of(
            wrapped(noReply(), Outcome.LmUnavailable.class),
            wrapped(refusals(), Outcome.ProgramFailed.class),
            wrapped(own(), Outcome.ProgramFailed.class))
        .flatMap(rows -> rows);
  }

  static Stream<Arguments> ofMetrics() {
    return Stream.of(
            wrapped(noReply(), Outcome.LmUnavailable.class),
            wrapped(refusals(), Outcome.MetricFailed.class),
            wrapped(own(), Outcome.MetricFailed.class))
        .flatMap(rows -> rows);
  }

  static Stream<Arguments> ofEnds() {
    return Stream.concat(
        ends().stream().flatMap(end -> wrapped(List.of(end), end.getClass())),
        wrapped(interrupts(), LmException.Interrupted.class));
  }

  private static Program<Question, Answer> program(Throwable error) {
    return input -> {
      if (input.number() == 2) {
        throw Numbers.<RuntimeException>sneak(error);
      }
      return COPY.run(input);
    };
  }

  private static Metric<Question, Answer> metric(Throwable error) {
    return (example, output, run) -> {
      if (output.copy() == 2) {
        throw Numbers.<RuntimeException>sneak(error);
      }
      return Score.of(1);
    };
  }

  private static Evaluation<Question, Answer> evaluate(
      Program<Question, Answer> program, Metric<Question, Answer> metric) {
    return Evaluator.of(Numbers.of(4), metric).evaluate(program);
  }

  @AfterEach
  void leaveNoInterrupt() {
    Thread.interrupted();
  }

  @ParameterizedTest
  @MethodSource("ofPrograms")
  void whatTheProgramThrowsIsOfItsKindHoweverItIsWrapped(Throwable error, Class<?> kind) {
    Evaluation<Question, Answer> evaluation = evaluate(program(error), Numbers.EXACT);

    assertThat(evaluation.results().get(2).outcome()).isInstanceOf(kind);
    assertThat(evaluation.count(Outcome.Scored.class)).isEqualTo(3);
    assertThat(evaluation.score()).isEqualTo(kind == Outcome.ProgramFailed.class ? 0.75 : 1);
    assertThat(evaluation.results().get(2).output()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("ofMetrics")
  void whatTheMetricThrowsIsNeverTheProgramsZero(Throwable error, Class<?> kind) {
    Evaluation<Question, Answer> evaluation = evaluate(COPY, metric(error));

    ExampleResult<Question, Answer> result = evaluation.results().get(2);
    assertThat(result.outcome()).isInstanceOf(kind);
    assertThat(result.output()).contains(new Answer(2));
    assertThat(result.error()).isPresent();
    assertThat(evaluation.count(Outcome.Scored.class)).isEqualTo(3);
    assertThat(evaluation.score()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("ofEnds")
  void whatEndsARunEndsItFromProgramAndMetricAlike(Throwable error, Class<?> type) {
    assertThatThrownBy(() -> evaluate(program(error), Numbers.EXACT)).isInstanceOf(type);
    Thread.interrupted();
    assertThatThrownBy(() -> evaluate(COPY, metric(error))).isInstanceOf(type);
  }

  @Test
  void whatHoneThrewHasDecidedOfItsOwnCauses() {
    Throwable judged =
        new LmException.ContentRefused("filter", new LmException.Unavailable("down", null, null));

    assertThat(RowFailure.decisive(new CompletionException(judged))).isSameAs(judged);
    assertThat(evaluate(program(judged), Numbers.EXACT).results().get(2).outcome())
        .isInstanceOf(Outcome.ProgramFailed.class);
  }

  @Test
  void causesThatGoRoundInACircleEnd() {
    IllegalStateException first = new IllegalStateException("first");
    IllegalStateException second = new IllegalStateException("second", first);
    first.initCause(second);

    assertThat(RowFailure.decisive(first)).isSameAs(first);
    assertThat(evaluate(program(first), Numbers.EXACT).score()).isEqualTo(0.75);
  }

  @Test
  void anExceptionThatCannotSayWhatItIsIsNamedByItsClass() {
    RuntimeException mute =
        new RuntimeException() {
          @Override
          public String toString() {
            throw new UnsupportedOperationException();
          }
        };

    assertThat(evaluate(program(mute), Numbers.EXACT))
        .asString()
        .contains(mute.getClass().getName());
    assertThat(evaluate(COPY, metric(mute))).asString().contains(mute.getClass().getName());
  }

  @Test
  void quotesAtMostFiveHundredCharactersOfAForeignMessageAndNoCredential() {
    String secret = "sk-0123456789abcdef0123";
    RuntimeException huge = new IllegalStateException(secret + "x".repeat(1_000_000));

    Evaluation<Question, Answer> evaluation = evaluate(COPY, metric(huge));

    assertThat(evaluation.results().get(2).outcome())
        .isInstanceOfSatisfying(
            Outcome.MetricFailed.class,
            failed ->
                assertThat(failed.problem())
                    .hasSizeLessThan(650)
                    .contains("sk-[hidden]")
                    .doesNotContain("0123456789"));
  }

  @Test
  void saysWhoseModelGaveNoReply() {
    LmException down = new LmException.Unavailable("down", null, null);

    assertThat(evaluate(COPY, metric(down)))
        .asString()
        .contains("the metric's model gave no reply");
    assertThat(evaluate(program(down), Numbers.EXACT))
        .asString()
        .contains("the model gave no reply")
        .doesNotContain("metric's");
    assertThat(new Outcome.LmUnavailable<>(down, new Answer(7)))
        .asString()
        .isEqualTo("LmUnavailable[Answer[copy=7], down]");
  }
}
