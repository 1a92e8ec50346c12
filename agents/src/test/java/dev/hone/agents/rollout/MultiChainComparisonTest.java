package dev.hone.agents.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.agents.rollout.Draws.Answer;
import dev.hone.agents.rollout.Draws.Question;
import dev.hone.lm.LmRequest;
import dev.hone.program.Predictors;
import dev.hone.program.ProgramRunner;
import dev.hone.program.Reasoned;
import dev.hone.program.TraceStep;
import dev.hone.testkit.ScriptedModel;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MultiChainComparisonTest {
  public record Judged(String label, int score) {}

  private static boolean isComparing(LmRequest request) {
    return Draws.last(request).contains("[[ ## attempts ## ]]");
  }

  /** Thinks in two lines by its place, and compares in favour of the answer 2. */
  private static ScriptedModel model() {
    return ScriptedModel.answering(
        request ->
            Draws.filled(
                request,
                field ->
                    field.equals("reasoning")
                        ? "first line\nsecond line " + Draws.place(request)
                        : isComparing(request) ? "2" : "" + Draws.place(request)));
  }

  private static MultiChainComparison<Question, Answer> comparison(int m) {
    return MultiChainComparison.of(Question.class, Answer.class, "Answer.", m);
  }

  @Test
  void samplesAndComparesWholeAttemptsWithAllTheirFields() {
    ScriptedModel model = model();

    var result = Draws.context(model, 8).call(() -> comparison(4).comparison(Draws.ANY));

    assertThat(result.output()).isEqualTo(new Answer("2"));
    assertThat(result.reasoning()).startsWith("first line");
    assertThat(result.rollouts()).hasSize(4);
    LmRequest last = model.requests().get(4);
    assertThat(Draws.last(last))
        .contains("second line 0", "second line 1", "second line 2", "second line 3")
        .contains("\"answer\":\"3\"", "Which?");
    assertThat(Draws.system(last)).contains("Answer.", "Compare");
  }

  @Test
  void comparesGivenAttemptsOfAnyNumber() {
    ScriptedModel model = model();
    MultiChainComparison<Question, Judged> comparison =
        MultiChainComparison.of(Question.class, Judged.class, "Judge.", 1);
    List<Reasoned<Judged>> attempts =
        IntStream.range(0, 5)
            .mapToObj(i -> new Reasoned<>("thought " + i, new Judged("label" + i, i)))
            .toList();

    var result = Draws.context(model, 1).call(() -> comparison.compare(Draws.ANY, attempts));

    assertThat(result.output()).isEqualTo(new Judged("2", 2));
    assertThat(result.rollouts()).isEmpty();
    assertThat(model.calls()).isEqualTo(1);
    assertThat(Draws.last(model.requests().get(0)))
        .contains("thought 4", "\"label\":\"label4\"", "\"score\":4");
    assertThatThrownBy(() -> comparison.compare(Draws.ANY, List.of()))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void longReasoningLosesItsMiddleAndShortOneNothing() {
    ScriptedModel model = model();
    List<Reasoned<Answer>> attempts =
        List.of(
            new Reasoned<>("short", new Answer("1")),
            new Reasoned<>("begin " + "x".repeat(5_000) + " end", new Answer("2")));

    Draws.context(model, 1)
        .run(() -> comparison(2).maxCharacters(1_005).compare(Draws.ANY, attempts));

    assertThat(Draws.last(model.requests().get(0)))
        .contains("short", "begin ", " end", "[4,010 characters are left out here]")
        .hasSizeLessThan(2_000);
  }

  @Test
  void optimizersLearnFromTheFirstAttemptThatAgreesWithTheAnswer() {
    MultiChainComparison<Question, Answer> comparison = comparison(4);
    ProgramRunner<Question, Answer> runner = new ProgramRunner<>(comparison);

    var run =
        Draws.context(model(), 8)
            .call(() -> runner.trace(runner.predictors().initialState(), Draws.ANY));

    assertThat(Predictors.of(comparison).byName().keySet())
        .containsExactly("sample", "compare.predict");
    assertThat(run.steps())
        .extracting(TraceStep::predictor)
        .containsExactlyInAnyOrder("sample", "compare.predict");
    assertThat(run.steps())
        .filteredOn(step -> step.predictor().equals("sample"))
        .allMatch(step -> step.outputs().path("answer").asString().equals("2"));
    assertThat(run.allSteps()).hasSize(5);
  }

  @Test
  void attemptsThatFailAreLeftOutAndNoneIsAnError() {
    ScriptedModel model =
        ScriptedModel.answering(
            r ->
                !isComparing(r) && Draws.place(r) != 1
                    ? "mumble"
                    : Draws.filled(r, f -> "" + Draws.place(r)));

    var result = Draws.context(model, 4).call(() -> comparison(3).comparison(Draws.ANY));

    assertThat(result.rollouts()).filteredOn(a -> a.failure().isPresent()).hasSize(2);
    assertThatThrownBy(
            () ->
                Draws.context(ScriptedModel.answering(r -> "mumble"), 4)
                    .run(() -> comparison(3).run(Draws.ANY)))
        .isInstanceOf(RolloutsFailedException.class)
        .hasMessageContaining("None of 3 rollouts");
  }
}
