package dev.hone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.evaluate.Numbers.Answer;
import dev.hone.evaluate.Numbers.Question;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.program.Predict;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A judge inside of a metric: what fails there is never the program's. */
class JudgeInMetricTest {
  private static final Predict<Question, Answer> JUDGE =
      Predict.of(Question.class, Answer.class, "Judge the number.");

  private static Metric<Question, Answer> judgedBy(LanguageModel model) {
    var judge = JUDGE.on(model);
    return (example, output, run) ->
        Score.of(judge.run(new Question(output.copy())).copy() == output.copy());
  }

  private static Evaluation<Question, Answer> evaluate(Metric<Question, Answer> metric) {
    return Numbers.context(Numbers.echo(), 4)
        .call(() -> Evaluator.of(Numbers.of(4), metric).evaluate(Numbers.ECHO));
  }

  /** A judge that fails on one number. */
  private static FakeModel failingOn(int number, Supplier<LmResponse> fault) {
    return FakeModel.responding(
        request ->
            Numbers.asked(request) == number
                ? fault.get()
                : FakeModel.reply(Numbers.answer(Numbers.asked(request))));
  }

  static Stream<Supplier<LmResponse>> faults() {
    LmResponse cutOff =
        FakeModel.reply("[[ ## copy ## ]]\n1").toBuilder()
            .stopReason(LmResponse.StopReason.LENGTH)
            .build();
    LmResponse thoughts =
        LmResponse.builder().text("").reasoning("hmm").usage(LmUsage.of(1, 1)).build();
    return Stream.of(
        () -> {
          throw new LmException.ContentRefused("the filter of the judge", null);
        },
        () -> {
          throw new LmException.ContextWindowExceeded("too long for the judge", null);
        },
        () -> FakeModel.reply("I would rather not judge."),
        () -> FakeModel.reply(""),
        () -> thoughts);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aJudgeThatRefusesOverflowsOrCannotBeReadIsTheMetricsFailure(Supplier<LmResponse> fault) {
    Evaluation<Question, Answer> evaluation = evaluate(judgedBy(failingOn(2, fault)));

    assertThat(evaluation.score()).isEqualTo(1);
    assertThat(evaluation.count(Outcome.MetricFailed.class)).isEqualTo(1);
    assertThat(evaluation.count(Outcome.ProgramFailed.class)).isZero();
    assertThat(evaluation.results().get(2).outcome()).isInstanceOf(Outcome.MetricFailed.class);
  }

  @Test
  void aJudgeThatFailsOnAThreadOfItsOwnIsTheMetricsFailureToo() {
    FakeModel refusing =
        failingOn(
            1,
            () -> {
              throw new LmException.ContentRefused("no", null);
            });
    Metric<Question, Answer> sync = judgedBy(refusing);
    Metric<Question, Answer> async =
        (example, output, run) ->
            CompletableFuture.supplyAsync(
                    () -> sync.score(example, output, run), Context.current().wrap(Runnable::run))
                .join();

    Evaluation<Question, Answer> evaluation = evaluate(async);

    assertThat(evaluation.count(Outcome.MetricFailed.class)).isEqualTo(1);
    assertThat(evaluation.score()).isEqualTo(1);
  }

  @Test
  void aJudgeThatIsAwayIsLeftOutAndAskedAgainNextTime() {
    boolean[] down = {true};
    FakeModel judge =
        failingOn(
            3,
            () -> {
              if (down[0]) {
                throw new LmException.InvalidRequest("no such model", null);
              }
              return FakeModel.reply(Numbers.answer(3));
            });
    EvaluationEngine<Question, Answer> engine =
        new EvaluationEngine<>(Numbers.ECHO, judgedBy(judge), EvaluationSettings.defaults());
    var state = engine.runner().predictors().initialState();
    var examples = Numbers.of(4).examples();

    Context context = Numbers.context(Numbers.echo(), 2);
    Evaluation<Question, Answer> first = context.call(() -> engine.evaluate(state, examples));
    down[0] = false;
    Evaluation<Question, Answer> second = context.call(() -> engine.evaluate(state, examples));

    assertThat(first.count(Outcome.LmUnavailable.class)).isEqualTo(1);
    assertThat(first.results().get(3).output()).contains(new Answer(3));
    assertThat(first.score()).isEqualTo(1);
    assertThat(second.count(Outcome.Scored.class)).isEqualTo(4);
  }

  @Test
  void aJudgeThatIsAwayForAllIsNamedAsTheMetrics() {
    FakeModel away =
        FakeModel.responding(
            request -> {
              throw new LmException.InvalidRequest("no such judge", null);
            });

    assertThatThrownBy(() -> evaluate(judgedBy(away)))
        .isInstanceOf(EvaluationFailedException.class)
        .hasMessageStartingWith(
            "The metric's model could not be reached for any of 4 examples: no such judge");
  }

  @Test
  void aBudgetThatIsSpentByTheJudgeEndsTheRunWithWhatThereIs() {
    Context context =
        Numbers.context(Numbers.echo(), 1).toBuilder().budget(Budget.ofCalls(5)).build();

    assertThatThrownBy(
            () ->
                context.call(
                    () ->
                        Evaluator.of(Numbers.of(9), judgedBy(Numbers.echo()))
                            .evaluate(Numbers.ECHO)))
        .isInstanceOf(LmException.BudgetExhausted.class)
        .satisfies(
            e ->
                assertThat(EvaluationFailedException.in(e))
                    .hasValueSatisfying(soFar -> assertThat(soFar.results()).hasSize(2)));
  }

  @Test
  void aDrawOfAnOptimizerAndTheOptionsOfAnotherModelDoNotReachTheJudge() {
    FakeModel judge = Numbers.echo();
    Context warm =
        Numbers.context(Numbers.echo(), 1).withDraw(LmOptions.defaults().withTemperature(1.0));

    warm.run(() -> Evaluator.of(Numbers.of(1), judgedBy(judge)).evaluate(Numbers.ECHO));

    assertThat(judge.requests()).hasSize(1);
    assertThat(judge.requests().get(0).options().temperature()).isNull();
  }

  @Test
  void optionsOfTheProgramDoNotReachAJudgeThatDidNotAskForThem() {
    FakeModel model = Numbers.echo();
    FakeModel judge = Numbers.echo();
    LmOptions warm = LmOptions.defaults().withTemperature(1.0);
    LmOptions cool = LmOptions.defaults().withTemperature(0.2);
    Metric<Question, Answer> metric =
        (example, output, run) -> {
          Context inner = Context.current().toBuilder().lm(judge).build();
          inner.call(() -> JUDGE.run(example.input()));
          JUDGE.on(judge).run(new Question(7));
          inner.toBuilder().options(cool).build().call(() -> JUDGE.run(example.input()));
          JUDGE.on(judge.withOptions(o -> o.temperature(0.3))).run(example.input());
          JUDGE.run(example.input());
          return Score.of(1);
        };

    Numbers.context(model, 1).toBuilder()
        .options(warm)
        .build()
        .run(() -> Evaluator.of(Numbers.of(1), metric).evaluate(Numbers.ECHO));

    assertThat(judge.requests())
        .extracting(request -> request.options().temperature())
        .containsExactly(null, null, 0.2, 0.3);
    assertThat(model.requests())
        .extracting(request -> request.options().temperature())
        .as("the program, and a judge on its model")
        .containsExactly(1.0, 1.0);
  }

  @Test
  void theCallsOfAJudgeCountWhereTheyAreMadeInTheContextOfTheRun() {
    FakeModel judge = Numbers.echo();
    Budget budget = Budget.ofCalls(100);
    Context context = Numbers.context(Numbers.echo(), 4).toBuilder().budget(budget).build();

    Evaluation<Question, Answer> evaluation =
        context.call(() -> Evaluator.of(Numbers.of(4), judgedBy(judge)).evaluate(Numbers.ECHO));

    assertThat(judge.calls()).isEqualTo(4);
    assertThat(evaluation.spend().lmCalls()).isEqualTo(8);
    assertThat(budget.spentCalls()).isEqualTo(8);
  }

  @Test
  void theCallsOfAJudgeCountInTheEvaluationWhicheverContextMakesThem() {
    FakeModel judge = Numbers.echo();
    Context own = Numbers.context(judge, 2);
    Metric<Question, Answer> apart =
        (example, output, run) ->
            Score.of(
                own.call(() -> JUDGE.run(new Question(output.copy()))).copy() == output.copy());

    Evaluation<Question, Answer> evaluation = evaluate(apart);

    assertThat(judge.calls()).isEqualTo(4);
    assertThat(evaluation.spend().lmCalls()).isEqualTo(8);
    assertThat(evaluation).asString().contains("8 model calls");
  }
}
