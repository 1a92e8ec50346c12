package dev.hone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.observe.Event;
import dev.hone.program.Predict;
import dev.hone.program.Predictors;
import dev.hone.program.ProgramState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationEngineTest {
  private record Question(int number) {}

  private record Answer(int copy) {}

  private static final Predict<Question, Answer> ECHO =
      Predict.of(Question.class, Answer.class, "Repeat the number.");
  private static final Metric<Question, Answer> EXACT = Metric.exact(Answer::copy);

  private static final ProgramState STATE = Predictors.of(ECHO).initialState();

  private final FakeModel echo = new FakeModel("echo", EvaluationEngineTest::answer);

  private static int number(LmRequest request) {
    String last = request.messages().get(request.messages().size() - 1).text();
    return Integer.parseInt(last.replaceAll("(?s).*## number ## \\]\\]\\s*(-?\\d+).*", "$1"));
  }

  private static LmResponse answer(LmRequest request) {
    return FakeModel.reply("[[ ## copy ## ]]\n" + number(request));
  }

  private static Dataset<Question, Answer> numbers(int count) {
    return Dataset.of(
        IntStream.range(0, count)
            .mapToObj(i -> Example.of(new Question(i), new Answer(i)))
            .toList());
  }

  private static Metric<Question, Answer> failingOn(IntPredicate which) {
    return (example, actual, context) -> {
      if (which.test(example.input().number())) {
        throw new IllegalStateException("no label for " + example.input().number());
      }
      return Score.of(1);
    };
  }

  private static Context context(LanguageModel model, int inFlight) {
    return FakeModel.uncached(model, inFlight);
  }

  private Evaluation<Question, Answer> evaluate(int examples, Metric<Question, Answer> metric) {
    return context(echo, 4).call(() -> Evaluator.of(numbers(examples), metric).evaluate(ECHO));
  }

  @Test
  void scoresEveryExampleInOrder() {
    Evaluation<Question, Answer> evaluation =
        evaluate(20, Metric.of((expected, actual) -> actual.copy() % 2));

    assertThat(evaluation.results().stream().map(r -> r.example().input().number()))
        .isEqualTo(IntStream.range(0, 20).boxed().toList());
    assertThat(evaluation.scores().get(3)).isEqualTo(OptionalDouble.of(1));
    assertThat(evaluation.score()).isEqualTo(0.5);
    assertThat(evaluation.interval().contains(0.5)).isTrue();
    assertThat(evaluation.spend().lmCalls()).isEqualTo(20);
  }

  @Test
  void refusesAnEmptyDataset() {
    assertThatThrownBy(() -> evaluate(0, EXACT))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Maybe");
    assertThat(echo.calls()).isZero();
  }

  @Test
  void leavesOutExamplesThatTheMetricFailsOn() {
    Evaluation<Question, Answer> evaluation = evaluate(10, failingOn(i -> i % 2 == 0));

    assertThat(evaluation.score()).isEqualTo(1);
    assertThat(evaluation.count(Outcome.MetricFailed.class)).isEqualTo(5);
    assertThat(evaluation.scores().get(0)).isEmpty();
    assertThat(evaluation)
        .asString()
        .contains("on 5 of 10 examples")
        .contains("5 metric failed")
        .contains("10 model calls");
  }

  @Test
  void countsAScoreOfNullAsAFailureOfTheMetric() {
    Evaluation<Question, Answer> evaluation =
        evaluate(10, (example, actual, context) -> actual.copy() == 3 ? null : Score.of(1));

    assertThat(evaluation.score()).isEqualTo(1);
    assertThat(evaluation.results().get(3).outcome())
        .isInstanceOfSatisfying(
            Outcome.MetricFailed.class,
            failed ->
                assertThat(failed.problem())
                    .contains("The metric returned null, expected a score. Maybe"));
    assertThatThrownBy(() -> evaluate(10, (example, actual, context) -> null))
        .isInstanceOf(EvaluationFailedException.class)
        .hasMessageContaining("The metric returned null");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64})
  void stopsWithTheCauseWhenTheMetricFailsOnEachOfTheFirstEight(int inFlight) {
    assertThatThrownBy(
            () ->
                context(echo, inFlight)
                    .call(() -> Evaluator.of(numbers(500), failingOn(i -> i < 8)).evaluate(ECHO)))
        .isInstanceOf(EvaluationFailedException.class)
        .hasMessageContaining("each of the first 8 examples")
        .hasMessageContaining("no label for")
        .hasRootCauseInstanceOf(IllegalStateException.class);
    if (inFlight == 1) {
      assertThat(echo.calls()).isEqualTo(8);
    }
  }

  @Test
  void hidesACredentialInWhatAMetricThrows() {
    RuntimeException error = new IllegalStateException("judge: api_key=abcdef123");

    assertThat(new Outcome.MetricFailed<>(new Answer(1), error).problem())
        .contains("judge: api_key=[hidden]");
  }

  @Test
  void goesOnWhenOneOfTheFirstEightIsScored() {
    assertThat(evaluate(30, failingOn(i -> i < 8 && i != 5)).score()).isEqualTo(1);
  }

  @Test
  void saysWhatFailedInOneSentenceAndOneHint() {
    assertThatThrownBy(() -> evaluate(3, failingOn(i -> true)))
        .isInstanceOf(EvaluationFailedException.class)
        .hasMessageMatching(
            "The metric failed on each of the first 3 examples: .*\\. Maybe [^.]*\\.");
    assertThatThrownBy(() -> evaluate(1, Metric.of((expected, actual) -> 0.0 / 0)))
        .hasMessageStartingWith(
            "The metric failed on the only example: A metric gave the score NaN")
        .hasMessageMatching("(?s)(?!.*Maybe.*Maybe)(?!.*\\.\\.).*");
  }

  @Test
  void aPartOfARunMayHaveNoScore() {
    EvaluationEngine<Question, Answer> engine =
        new EvaluationEngine<>(ECHO, failingOn(i -> true), EvaluationSettings.defaults());

    Evaluation<Question, Answer> part =
        context(echo, 4).call(() -> engine.evaluatePart(STATE, numbers(12).examples()));

    assertThat(part.hasScore()).isFalse();
    assertThat(part.scores()).hasSize(12).allMatch(OptionalDouble::isEmpty);
    assertThat(part.spend().lmCalls()).isEqualTo(12);
    assertThat(part).asString().startsWith("no score on 0 of 12 examples");
    assertThatThrownBy(part::score).isInstanceOf(EvaluationFailedException.class);
    assertThatThrownBy(part::interval).isInstanceOf(EvaluationFailedException.class);
  }

  @Test
  void countsAProgramThatFailsAsTheFailureScore() {
    FakeModel refusing =
        new FakeModel(
            "refusing",
            request -> {
              if (number(request) == 3) {
                throw new LmException.ContentRefused("refused", null);
              }
              return answer(request);
            });
    Evaluator<Question, Answer> evaluator = Evaluator.of(numbers(4), EXACT).failureScore(-1);

    Evaluation<Question, Answer> evaluation =
        context(refusing, 4).call(() -> evaluator.evaluate(ECHO));

    assertThat(evaluation.score()).isEqualTo((3.0 - 1) / 4);
    assertThat(evaluation.count(Outcome.ProgramFailed.class)).isEqualTo(1);
  }

  @Test
  void leavesOutExamplesWhoseModelCannotBeReachedAndTriesThemAgain() {
    boolean[] down = {true};
    FakeModel flaky =
        new FakeModel(
            "flaky",
            request -> {
              if (down[0] && number(request) == 2) {
                throw new LmException.Unavailable("down", null, null);
              }
              return answer(request);
            });
    EvaluationEngine<Question, Answer> engine =
        new EvaluationEngine<>(ECHO, EXACT, EvaluationSettings.defaults());
    List<Example<Question, Answer>> examples = numbers(4).examples();

    Evaluation<Question, Answer> first =
        context(flaky, 1).call(() -> engine.evaluate(STATE, examples));
    down[0] = false;
    Evaluation<Question, Answer> second =
        context(flaky, 1).call(() -> engine.evaluate(STATE, examples));

    assertThat(first.scores().get(2)).isEmpty();
    assertThat(first.score()).isEqualTo(1);
    assertThat(second.scores()).allMatch(OptionalDouble::isPresent);
    assertThat(second.spend().lmCalls()).isEqualTo(1);
  }

  @Test
  void failsWhenTheModelCannotBeReachedForAny() {
    FakeModel down =
        new FakeModel(
            "down",
            request -> {
              throw new LmException.Unavailable("connection refused", null, null);
            });

    assertThatThrownBy(
            () -> context(down, 4).call(() -> Evaluator.of(numbers(3), EXACT).evaluate(ECHO)))
        .isInstanceOf(EvaluationFailedException.class)
        .hasMessageContaining("any of 3 examples")
        .hasMessageContaining("connection refused");
  }

  @Test
  void paysForAnOutcomeOnceUnlessToldOtherwise() {
    List<Example<Question, Answer>> examples = numbers(5).examples();
    for (boolean memoize : new boolean[] {true, false}) {
      FakeModel model = new FakeModel("echo", EvaluationEngineTest::answer);
      EvaluationEngine<Question, Answer> engine =
          new EvaluationEngine<>(ECHO, EXACT, EvaluationSettings.defaults().withMemoize(memoize));
      context(model, 2).run(() -> engine.evaluate(STATE, examples));
      context(model, 2).run(() -> engine.evaluate(STATE, examples));

      assertThat(model.calls()).isEqualTo(memoize ? 5 : 10);
    }
  }

  @Test
  void passesOnThatTheBudgetIsSpent() {
    Context budget = context(echo, 2).toBuilder().budget(Budget.ofCalls(3)).build();

    assertThatThrownBy(() -> budget.call(() -> Evaluator.of(numbers(9), EXACT).evaluate(ECHO)))
        .isInstanceOf(LmException.BudgetExhausted.class);
    assertThat(echo.calls()).isEqualTo(3);
  }

  @Test
  void tellsListenersOfEveryExample() {
    List<Event> events = Collections.synchronizedList(new ArrayList<>());
    Context listening = context(echo, 4).withListener((event, metadata) -> events.add(event));

    listening.run(() -> Evaluator.of(numbers(6), EXACT).evaluate(ECHO));

    List<Integer> done =
        events.stream()
            .filter(EvaluationEvent.ExampleFinished.class::isInstance)
            .map(event -> ((EvaluationEvent.ExampleFinished) event).done())
            .toList();
    assertThat(done).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6);
    assertThat(events.stream().filter(e -> e instanceof EvaluationEvent))
        .first()
        .isInstanceOfSatisfying(
            EvaluationEvent.EvaluationStarted.class,
            started -> assertThat(started.examples()).isEqualTo(6));
  }
}
