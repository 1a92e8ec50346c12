package dev.hone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.compiled.Compiled;
import dev.hone.evaluate.Numbers.Answer;
import dev.hone.evaluate.Numbers.Question;
import dev.hone.lm.FakeModel;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.program.ChainOfThought;
import dev.hone.program.Program;
import dev.hone.program.ProgramRunner;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a metric sees of a run depends on what the program did, not on how the program was made. */
class StepsInMetricsTest {
  private record Twice(Program<Question, Answer> first, Program<Question, Answer> second)
      implements Program<Question, Answer> {
    @Override
    public Answer run(Question input) {
      return second.run(new Question(first.run(input).copy()));
    }
  }

  static Stream<Arguments> programs() {
    var echo = Numbers.ECHO;
    ChainOfThought<Question, Answer> thought =
        ChainOfThought.of(Question.class, Answer.class, "Repeat the number.");
    var runner = new ProgramRunner<>(echo);
    return Stream.of(
        Arguments.of("a predictor", echo, 1),
        Arguments.of("its compiled form", Compiled.of(echo), 1),
        Arguments.of("that as a student", Compiled.of(echo).asStudent(), 1),
        Arguments.of(
            "with another state", runner.startingFrom(runner.predictors().initialState()), 1),
        Arguments.of("on a model of its own", echo.on(answering()), 1),
        Arguments.of("compiled, on a model of its own", Compiled.of(echo).on(answering()), 1),
        Arguments.of("on a model, compiled", Compiled.of(new Twice(echo, echo).on(answering())), 2),
        Arguments.of("thoughts", thought, 1),
        Arguments.of("compiled thoughts", Compiled.of(thought), 1),
        Arguments.of("a program", new Twice(echo, thought), 2),
        Arguments.of("its compiled form", Compiled.of(new Twice(echo, thought)), 2),
        Arguments.of("one of compiled ones", new Twice(Compiled.of(echo), Compiled.of(thought)), 2),
        Arguments.of(
            "compiled of compiled ones",
            Compiled.of(new Twice(Compiled.of(new Twice(echo, thought)), echo)),
            3),
        Arguments.of(
            "a predictor made in its method", (Program<Question, Answer>) q -> anew(q), 1));
  }

  private static Answer anew(Question question) {
    return Numbers.ECHO.withDemos(java.util.List.of()).run(question);
  }

  private static FakeModel answering() {
    return FakeModel.answering(
        request ->
            FakeModel.chat(
                "reasoning", "as it is", "copy", String.valueOf(Numbers.asked(request))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void aMetricSeesTheStepsOfAllPredictors(
      String name, Program<Question, Answer> program, int steps) {
    Metric<Question, Answer> counting =
        (example, output, run) ->
            Score.of(
                run.steps().size()
                    + (run.steps().stream().allMatch(s -> s.outputs().has("copy")) ? 0 : 0.5));

    Evaluation<Question, Answer> evaluation =
        Numbers.context(answering(), 2)
            .call(() -> Evaluator.of(Numbers.of(3), counting).evaluate(program));

    assertThat(evaluation.score()).isEqualTo(steps);
    assertThat(evaluation.results())
        .allSatisfy(result -> assertThat(result.steps()).hasSize(steps));
  }
}
