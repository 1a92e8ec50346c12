package dev.hone.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.context.LmEvent;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.evaluate.EvaluationEngine;
import dev.hone.evaluate.EvaluationSettings;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmOptions;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.program.Programs.Answer;
import dev.hone.program.Programs.Hop;
import dev.hone.program.Programs.Question;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Parts that are bound to a model and options of their own; which options win. */
class BoundProgramTest {
  private static final Question QUESTION = new Question("How?");

  private final FakeModel outer = answering("outer");
  private final FakeModel own = answering("own");

  private static FakeModel answering(String text) {
    return FakeModel.answering(
        request ->
            FakeModel.last(request).contains("[[ ## query ## ]]")
                ? FakeModel.chat("query", text)
                : FakeModel.chat("answer", text));
  }

  private static List<Double> temperatures(FakeModel model) {
    return model.requests().stream().map(request -> request.options().temperature()).toList();
  }

  private static LmOptions temperature(double value) {
    return LmOptions.defaults().withTemperature(value);
  }

  private Context context() {
    return outer.context();
  }

  @Test
  void callsItsOwnModelAndKeepsTheRestOfTheContext() {
    Queue<String> asked = new ConcurrentLinkedQueue<>();
    Budget budget = Budget.ofCalls(5);
    Context context =
        context().toBuilder()
            .budget(budget)
            .metadata("request", "7")
            .interceptor((request, metadata) -> asked.add(metadata.get("request")))
            .build();
    Predict<Question, Answer> bound = Programs.answerer("Answer.").on(own);

    assertThat(context.call(() -> bound.run(QUESTION)).answer()).isEqualTo("own");

    assertThat(own.requests()).hasSize(1);
    assertThat(outer.requests()).isEmpty();
    assertThat(asked).containsExactly("7");
    assertThat(budget.spentCalls()).isEqualTo(1);
  }

  @Test
  void sharesOnePipelineHoweverOftenItIsBound() {
    Predict<Question, Answer> answerer = Programs.answerer("Answer.");

    for (int i = 0; i < 3; i++) {
      context().call(() -> answerer.on(own).run(QUESTION));
      context().call(() -> answerer.on(own.withOptions(o -> o.maxTokens(9))).run(QUESTION));
      own.context().call(() -> answerer.run(QUESTION));
    }

    assertThat(own.requests()).hasSize(2);
  }

  @Test
  void optionsOfAPartWinOverThoseOfTheContextWhichHoldWhereItHasNone() {
    Context warm = context().toBuilder().options(temperature(1.0)).build();
    Predict<Question, Answer> answerer = Programs.answerer("Answer.");

    warm.run(() -> answerer.on(own.withOptions(o -> o.temperature(0))).run(QUESTION));
    warm.run(() -> answerer.on(own).run(QUESTION));
    warm.run(() -> answerer.on(own.withOptions(o -> o.maxTokens(9))).run(QUESTION));

    assertThat(temperatures(own)).containsExactly(0.0, 1.0, 1.0);
  }

  @Test
  void optionsOfTheModelOfAContextWinOverItsOwnAndEndWithThatModel() {
    Context configured =
        Context.builder()
            .lm(outer.withOptions(o -> o.temperature(0.2).maxTokens(9)))
            .options(temperature(1.0))
            .build();

    assertThat(configured.options()).isEqualTo(temperature(0.2).withMaxTokens(9));
    configured.run(() -> Programs.answerer("Answer.").on(own).run(QUESTION));

    assertThat(own.requests().get(0).options()).isEqualTo(temperature(1.0));
    assertThat(configured.toBuilder().lm(own).build().options()).isEqualTo(temperature(1.0));
  }

  @Test
  void theDrawOfAnOptimizerWinsOverBoth() {
    Context drawn =
        context().toBuilder()
            .options(temperature(0.5))
            .build()
            .withDraw(temperature(1.0).withRolloutId(3));
    Predict<Question, Answer> cold =
        Programs.answerer("Answer.").on(own.withOptions(o -> o.temperature(0).maxTokens(9)));

    drawn.run(() -> cold.run(QUESTION));
    drawn.withDraw(LmOptions.defaults()).run(() -> cold.run(QUESTION));

    assertThat(own.requests().get(0).options())
        .isEqualTo(temperature(1.0).withMaxTokens(9).withRolloutId(3));
    assertThat(own.requests().get(1).options()).isEqualTo(temperature(0).withMaxTokens(9));
  }

  @Test
  void aDrawReachesTheProgramAndNeverAJudge() {
    FakeModel judge = answering("judged");
    Predict<Question, Answer> judging = Programs.answerer("Judge.").on(judge);
    Metric<Question, Answer> metric =
        (example, actual, context) -> {
          judging.run(new Question(actual.answer()));
          return Score.of(1);
        };
    EvaluationEngine<Question, Answer> engine =
        new EvaluationEngine<>(Programs.answerer("Answer."), metric, EvaluationSettings.defaults());
    Example<Question, Answer> example =
        Dataset.of(List.of(Example.of(QUESTION, new Answer("x")))).examples().get(0);
    ProgramState state = engine.runner().predictors().initialState();
    Context drawn =
        context().toBuilder().options(temperature(0.5)).build().withDraw(temperature(1.0));

    drawn.run(() -> engine.evaluate(state, List.of(example)));
    drawn.run(() -> engine.evaluateOne(state, example));

    assertThat(temperatures(outer)).containsOnly(1.0);
    assertThat(temperatures(judge)).containsOnlyNulls();
  }

  /** A program of two parts, of which one is a program of its own. */
  private record Nested(Program<Question, Answer> hop, Predict<Question, Answer> last)
      implements Program<Question, Answer> {
    @Override
    public Answer run(Question input) {
      return last.run(new Question(hop.run(input).answer()));
    }
  }

  @Test
  void aBoundProgramAddsNothingToTheNamesOfItsPredictors() {
    Hop hop = Hop.create();
    Nested plain = new Nested(hop, Programs.answerer("Last."));
    Nested bound = new Nested(hop.on(own), Programs.answerer("Last."));

    assertThat(Predictors.of(bound).byName().keySet())
        .containsExactlyElementsOf(Predictors.of(plain).byName().keySet())
        .containsExactly("hop.query", "hop.answer", "last");
    assertThat(Predictors.of(hop.on(own)).byName().keySet()).containsExactly("query", "answer");
  }

  @Test
  void theStateOfTheRunAppliesToBoundParts() {
    Nested bound = new Nested(Hop.create().on(own), Programs.answerer("Last.").on(own));
    ProgramRunner<Question, Answer> runner = new ProgramRunner<>(bound);
    ProgramState learnt =
        new ProgramState(
            Map.of(
                "hop.query", new PredictorState("Learnt query.", List.of()),
                "hop.answer", new PredictorState("Learnt answer.", List.of()),
                "last", new PredictorState("Learnt last.", List.of())));

    ProgramRunner.Execution<Answer> execution =
        context().call(() -> runner.trace(learnt, QUESTION));

    assertThat(execution.steps())
        .extracting(TraceStep::predictor)
        .containsExactly("hop.query", "hop.answer", "last");
    assertThat(own.requests())
        .extracting(FakeModel::system)
        .satisfiesExactly(
            system -> assertThat(system).contains("Learnt query."),
            system -> assertThat(system).contains("Learnt answer."),
            system -> assertThat(system).contains("Learnt last."));
    assertThat(outer.requests()).isEmpty();
  }

  @Test
  void whatIsBoundAlreadyIsBoundToTheNewModelInstead() {
    FakeModel last = answering("last");

    context().run(() -> Hop.create().on(own).on(last).run(QUESTION));
    context().run(() -> Programs.answerer("Answer.").on(own).on(last).run(QUESTION));

    assertThat(last.requests()).hasSize(3);
    assertThat(own.requests()).isEmpty();
  }

  @Test
  void theModelThatIsBoundCloserCounts() {
    FakeModel close = answering("close");
    Hop hop = new Hop(Hop.create().query().on(close), Hop.create().answer());

    context().run(() -> hop.on(own).run(QUESTION));

    assertThat(close.requests()).hasSize(1);
    assertThat(own.requests()).hasSize(1);
    assertThat(outer.requests()).isEmpty();
  }

  @Test
  void rendersWhatABoundPredictorWouldSend() {
    Predict<Question, Answer> cold =
        Programs.answerer("Answer.").on(own.withOptions(o -> o.temperature(0)));
    Program<Question, Answer> hop = Hop.create().on(own.withOptions(o -> o.temperature(0.25)));
    ProgramRunner<Question, Answer> runner = new ProgramRunner<>(hop);
    ProgramState state = runner.predictors().initialState();

    assertThat(context().call(() -> cold.render(QUESTION)).options()).isEqualTo(temperature(0));
    assertThat(
            context()
                .call(() -> runner.render(state, "answer", Programs.json("{'question': 'Q'}")))
                .options())
        .isEqualTo(temperature(0.25));
    assertThat(runner.name()).isEqualTo("Hop");
    assertThat(hop).asString().endsWith(" on fake:model");
  }

  @Test
  void worksForCompiledProgramsAndThoseThatThinkAndEventsNameTheModel() {
    Queue<String> models = new ConcurrentLinkedQueue<>();
    Context context =
        context()
            .withListener(
                (event, metadata) -> {
                  if (event instanceof LmEvent.CallAnswered answered) {
                    models.add(answered.modelId());
                  }
                });
    Compiled<Question, Answer> compiled =
        Compiled.of(
            Programs.answerer("Answer."),
            Programs.state("self", "Compiled."),
            Programs.provenance());
    FakeModel thinking =
        FakeModel.answering(request -> FakeModel.chat("reasoning", "so", "answer", "thought"));
    ChainOfThought<Question, Answer> thinker =
        ChainOfThought.of(Question.class, Answer.class, "Think.").on(thinking);

    assertThat(context.call(() -> compiled.on(own).run(QUESTION)).answer()).isEqualTo("own");
    assertThat(context.call(() -> thinker.think(QUESTION)).reasoning()).isEqualTo("so");

    assertThat(FakeModel.system(own.requests().get(0))).contains("Compiled.");
    assertThat(models).containsExactly("fake:model", "fake:model");
    assertThat(outer.requests()).isEmpty();
  }

  @Test
  void refusesToBeBoundToNothing() {
    assertThatThrownBy(() -> Programs.answerer("Answer.").on(null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The language model is null");
    assertThatThrownBy(() -> Hop.create().on(null)).isInstanceOf(InvalidInputException.class);
  }
}
