package dev.hone.agents.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.agents.rollout.Draws.Answer;
import dev.hone.agents.rollout.Draws.Question;
import dev.hone.agents.rollout.Draws.TwoSteps;
import dev.hone.compiled.Compiled;
import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.program.Predict;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import dev.hone.program.ProgramRunner;
import dev.hone.program.TraceStep;
import dev.hone.testkit.ScriptedModel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RefineTest {
  /** Two predictors with equal signatures. */
  public record Twins(Predict<Question, Answer> first, Predict<Question, Answer> second)
      implements Program<Question, Answer> {
    @Override
    public Answer run(Question input) {
      return second.run(new Question(first.run(input).answer()));
    }
  }

  /** Does as advised, and writes advice for the parts it is shown. */
  private static ScriptedModel obedient() {
    return obedient("{\"hint\": \"use hint-words\", \"answer\": \"use answer-words\"}");
  }

  private static ScriptedModel obedient(String advice) {
    return ScriptedModel.answering(
        request ->
            isAdvising(request)
                ? Draws.filled(request, field -> field.equals("advice") ? advice : "too short")
                : Draws.filled(
                    request,
                    field -> Draws.last(request).contains(field + "-words") ? "good" : "bad"));
  }

  private static boolean isAdvising(LmRequest request) {
    return Draws.outputs(request).contains("advice");
  }

  private static List<LmRequest> advising(ScriptedModel model) {
    return model.requests().stream().filter(RefineTest::isAdvising).toList();
  }

  private static double worth(Answer answer) {
    return answer.answer().equals("good") ? 1 : 0.25;
  }

  private static <I> Refine<I, Answer> refine(Program<I, Answer> program, int n) {
    return Refine.<I, Answer>of(program, n, (in, out) -> worth(out))
        .threshold(1)
        .describedAs("The answer is good.");
  }

  @Test
  void givesEachPredictorAdviceAfterAMiss() {
    ScriptedModel model = obedient();

    Rollouts<Answer> rollouts =
        Draws.context(model, 1).call(() -> refine(TwoSteps.create(), 4).rollouts(Draws.ANY));

    assertThat(rollouts.output()).isEqualTo(new Answer("good"));
    assertThat(rollouts.end()).isEqualTo(Rollouts.End.SETTLED);
    assertThat(rollouts.all()).hasSize(2);
    assertThat(rollouts.all().get(0).advice()).isEmpty();
    assertThat(rollouts.all().get(1).advice())
        .isEqualTo(Map.of("hint", "use hint-words", "answer", "use answer-words"));
    assertThat(rollouts.spend().lmCalls()).isEqualTo(5);
    List<LmRequest> second = model.requests().subList(3, 5);
    assertThat(Draws.last(second.get(0))).contains("hint-words").doesNotContain("answer-words");
    assertThat(Draws.last(second.get(1))).contains("answer-words").doesNotContain("hint-words");
  }

  @Test
  void showsWhoAdvisesThePartsTheirStepsWhatIsWantedAndTheReward() {
    ScriptedModel model = obedient();

    Draws.context(model, 1).run(() -> refine(TwoSteps.create(), 2).run(Draws.ANY));

    assertThat(Draws.last(advising(model).get(0)))
        .contains("Give a hint.", "Answer by the hint.")
        .contains("question -> hint")
        .contains("Which?", "bad")
        .contains("The answer is good.")
        .contains("A reward of 1.0 or more is good enough")
        .contains("The reward of the result is 0.25");
  }

  @Test
  void twoPredictorsWithEqualSignaturesGetAdviceOfTheirOwn() {
    ScriptedModel model = obedient("{\"first\": \"say A\", \"second\": \"say B\"}");
    Twins twins = new Twins(Draws.answerer(), Draws.answerer());

    Draws.context(model, 1).run(() -> refine(twins, 2).run(Draws.ANY));

    List<LmRequest> second = model.requests().subList(3, 5);
    assertThat(Draws.last(second.get(0))).contains("say A").doesNotContain("say B");
    assertThat(Draws.last(second.get(1))).contains("say B").doesNotContain("say A");
  }

  @Test
  void adviceIsInNoStepAndTheNamesAreTheSameUnderAnOptimizersState() {
    ScriptedModel model = obedient();
    Refine<Question, Answer> refine = refine(TwoSteps.create(), 3);
    ProgramRunner<Question, Answer> runner = new ProgramRunner<>(refine);

    assertThat(Predictors.of(refine).byName().keySet())
        .containsExactly("program.hint", "program.answer", "advise");
    var state = runner.predictors().initialState();
    var tuned = state.with("advise", state.of("advise").withInstructions("Be strict."));
    var run = Draws.context(model, 1).call(() -> runner.trace(tuned, Draws.ANY));

    assertThat(run.output()).isEqualTo(new Answer("good"));
    assertThat(run.steps())
        .extracting(TraceStep::predictor)
        .containsExactly("program.hint", "program.answer", "advise");
    assertThat(run.allSteps()).hasSize(5);
    assertThat(run.allSteps())
        .filteredOn(step -> !step.predictor().equals("advise"))
        .noneMatch(step -> step.toString().contains("-words"));
    assertThat(Draws.system(advising(model).get(0))).contains("Be strict.");
    assertThat(Draws.last(advising(model).get(0))).contains("\"hint\"").doesNotContain("program.");
  }

  @Test
  void adviceThatFailsIsNoFailedTry() {
    ScriptedModel model =
        ScriptedModel.answering(
            request ->
                isAdvising(request)
                    ? "mumble"
                    : Draws.filled(request, field -> Draws.place(request) == 2 ? "good" : "bad"));

    Rollouts<Answer> rollouts =
        Draws.context(model, 1).call(() -> refine(Draws.answerer(), 3).rollouts(Draws.ANY));

    assertThat(rollouts.output()).isEqualTo(new Answer("good"));
    assertThat(rollouts.all()).hasSize(3).allMatch(a -> a.failure().isEmpty());
    assertThat(rollouts.all().get(1).adviceFailure().orElseThrow())
        .hasMessageContaining("could not be read");
  }

  @Test
  void asksForNoAdviceAfterTheLastTryAndReturnsTheBestOfAll() {
    ScriptedModel model =
        ScriptedModel.answering(
            request ->
                Draws.filled(request, f -> f.equals("advice") ? "{}" : "" + Draws.place(request)));
    Refine<Question, Answer> refine =
        Refine.of(Draws.answerer(), 3, (in, out) -> -Math.abs(Integer.parseInt(out.answer()) - 1));

    Rollouts<Answer> rollouts = Draws.context(model, 1).call(() -> refine.rollouts(Draws.ANY));

    assertThat(rollouts.output()).isEqualTo(new Answer("1"));
    assertThat(rollouts.end()).isEqualTo(Rollouts.End.ALL_MADE);
    assertThat(advising(model)).hasSize(2);
  }

  @Test
  void aTryThatFailedIsAdvisedTooByWhatItThrew() {
    ScriptedModel model =
        ScriptedModel.answering(
            request ->
                isAdvising(request)
                    ? Draws.filled(
                        request, f -> f.equals("advice") ? "{\"hint\": \"hint-words\"}" : "x")
                    : Draws.last(request).contains("hint-words")
                            || !Draws.outputs(request).contains("hint")
                        ? Draws.filled(request, f -> "good")
                        : "mumble");

    Rollouts<Answer> rollouts =
        Draws.context(model, 1).call(() -> refine(TwoSteps.create(), 2).rollouts(Draws.ANY));

    assertThat(rollouts.output()).isEqualTo(new Answer("good"));
    assertThat(Draws.last(advising(model).get(0)))
        .contains("The program failed: ", "Give a hint.", "could not be read");
  }

  @Test
  void adviceForAPartThatThereIsNotIsPassedOverAndTheOnlyPartIsMeantByAnyName() {
    ScriptedModel unknown = obedient("{\"nobody\": \"x\", \"hint\": \" \"}");
    Rollouts<Answer> two =
        Draws.context(unknown, 1).call(() -> refine(TwoSteps.create(), 2).rollouts(Draws.ANY));
    ScriptedModel other = obedient("{\"the predictor\": \"answer-words\"}");
    Rollouts<Answer> one =
        Draws.context(other, 1).call(() -> refine(Draws.answerer(), 2).rollouts(Draws.ANY));

    assertThat(two.all().get(1).advice()).isEmpty();
    assertThat(one.output()).isEqualTo(new Answer("good"));
  }

  @Test
  void advisesTheStepsOfACompiledProgram() {
    ScriptedModel model = obedient();
    Compiled<Question, Answer> compiled = Compiled.of(TwoSteps.create());

    Rollouts<Answer> rollouts =
        Draws.context(model, 1).call(() -> refine(compiled, 2).rollouts(Draws.ANY));

    assertThat(rollouts.output()).isEqualTo(new Answer("good"));
    assertThat(Predictors.of(refine(compiled, 2)).byName().keySet()).containsExactly("advise");
  }

  @Test
  void nestedAdviceAddsUpAndDoesNotReachWhoAdvises() {
    ScriptedModel model = obedient("{\"hint\": \"inner\", \"answer\": \"inner\"}");
    Program<Question, Answer> inner = refine(TwoSteps.create(), 2);
    Context context = Draws.context(model, 1);

    dev.hone.program.CallGuidance.advise(context, "outer words").run(() -> inner.run(Draws.ANY));

    assertThat(Draws.last(model.requests().get(3))).contains("outer words\ninner");
    assertThat(Draws.last(advising(model).get(0))).doesNotContain("outer words");
  }

  @Test
  void aBudgetThatIsSpentOnAdviceKeepsTheTriesBefore() {
    Context context = Draws.context(obedient(), 1).toBuilder().budget(Budget.ofCalls(2)).build();

    Rollouts<Answer> rollouts =
        context.call(() -> refine(TwoSteps.create(), 3).rollouts(Draws.ANY));

    assertThat(rollouts.end()).isEqualTo(Rollouts.End.BUDGET_SPENT);
    assertThat(rollouts.output()).isEqualTo(new Answer("bad"));
    assertThatThrownBy(() -> context.run(() -> refine(TwoSteps.create(), 3).run(Draws.ANY)))
        .isInstanceOf(LmException.BudgetExhausted.class);
  }

  @Test
  void aLongHistoryIsShortened() {
    ScriptedModel model =
        ScriptedModel.answering(
            request -> Draws.filled(request, f -> f.equals("advice") ? "{}" : "x".repeat(9_000)));
    Refine<Question, Answer> refine = refine(TwoSteps.create(), 2);

    Draws.context(model, 1).run(() -> refine.run(Draws.ANY));

    assertThat(Draws.last(advising(model).get(0)).length()).isBetween(10_000, 20_000);
  }
}
