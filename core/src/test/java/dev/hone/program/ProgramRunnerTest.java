package dev.hone.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.compiled.Compiled;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmRequest;
import dev.hone.program.Programs.Answer;
import dev.hone.program.Programs.Hop;
import dev.hone.program.Programs.Query;
import dev.hone.program.Programs.Question;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgramRunnerTest {
  private static final Question QUESTION = new Question("Who wrote it?");

  /** Answers with the last line of the system message, so with the instructions. */
  private final FakeModel echo =
      FakeModel.answering(
          request -> {
            String field = FakeModel.system(request).contains("`query`") ? "query" : "answer";
            return FakeModel.chat(field, instructions(request));
          });

  private static String instructions(LmRequest request) {
    return FakeModel.system(request).lines().reduce((a, b) -> b).orElseThrow();
  }

  private static ProgramState hopState(String query, String answer) {
    return new ProgramState(
        Map.of(
            "query", new PredictorState(query, List.of()),
            "answer", new PredictorState(answer, List.of())));
  }

  @Test
  void runsTheSameProgramUnderEveryState() {
    Hop hop = Hop.create();
    ProgramRunner<Question, Answer> runner = new ProgramRunner<>(hop);

    Answer own = echo.context().call(() -> hop.run(QUESTION));
    Answer other = echo.context().call(() -> runner.run(hopState("Q1.", "A1."), QUESTION));

    assertThat(own).isEqualTo(new Answer("Answer briefly."));
    assertThat(other).isEqualTo(new Answer("A1."));
  }

  @Test
  void showsThePredictorTheDemosOfTheState() {
    ProgramRunner<Question, Answer> runner = new ProgramRunner<>(Programs.answerer("Answer."));

    echo.context()
        .call(
            () ->
                runner.run(
                    Programs.state("self", "Answer.", Programs.demo("Is it 1?", "yes")), QUESTION));

    assertThat(echo.requests().get(0).messages()).hasSize(4);
    assertThat(echo.requests().get(0).messages().get(1).text()).contains("Is it 1?");
  }

  @Test
  void tracesStepsInTheOrderInWhichTheyEnded() {
    ProgramRunner<Question, Answer> runner = new ProgramRunner<>(Hop.create());

    ProgramRunner.Execution<Answer> execution =
        echo.context().call(() -> runner.trace(hopState("Q.", "A."), QUESTION));

    assertThat(execution.output()).isEqualTo(new Answer("A."));
    assertThat(execution.failure()).isNull();
    assertThat(execution.steps())
        .extracting(TraceStep::predictor)
        .containsExactly("query", "answer");
    assertThat(execution.steps().get(0).inputs())
        .isEqualTo(Programs.json("{'question': 'Who wrote it?'}"));
    assertThat(execution.steps().get(1).inputs()).isEqualTo(Programs.json("{'question': 'Q.'}"));
    assertThat(execution.steps().get(1).outputs()).isEqualTo(Programs.json("{'answer': 'A.'}"));
  }

  @Test
  void keepsTheStepsOfARunThatFailed() {
    Hop hop = Hop.create();
    Program<Question, Answer> failing =
        new Program<>() {
          @Override
          public Answer run(Question input) {
            hop.run(input);
            throw new IllegalStateException("after the hop");
          }
        };
    ProgramRunner<Question, Answer> runner = new ProgramRunner<>(failing);

    ProgramRunner.Execution<Answer> execution =
        echo.context().call(() -> runner.trace(runner.predictors().initialState(), QUESTION));

    assertThat(execution.output()).isNull();
    assertThat(execution.failure()).hasMessage("after the hop");
    assertThat(execution.steps())
        .extracting(TraceStep::predictor)
        .containsExactly("hop.query", "hop.answer");
  }

  @Test
  void runsUndeclaredPredictorsUnderTheirOwnStateWithoutAName() {
    Program<Question, Answer> program = input -> Programs.answerer("Own.").run(input);
    ProgramRunner<Question, Answer> runner = new ProgramRunner<>(program);

    ProgramRunner.Execution<Answer> execution =
        echo.context().call(() -> runner.trace(new ProgramState(Map.of()), QUESTION));

    assertThat(execution.output()).isEqualTo(new Answer("Own."));
    assertThat(execution.steps()).extracting(TraceStep::predictor).containsExactly("");
  }

  @Test
  void letsAFrozenProgramKeepItsOwnStateInsideALargerOne() {
    Hop hop = Hop.create();
    Compiled<Question, Answer> frozen =
        Compiled.of(hop, hopState("FQ.", "FA."), Programs.provenance());
    record Outer(Compiled<Question, Answer> inner, Predict<Question, Query> query)
        implements Program<Question, Answer> {
      @Override
      public Answer run(Question input) {
        return new Answer(inner.run(input).answer() + query.run(input).query());
      }
    }
    ProgramRunner<Question, Answer> runner = new ProgramRunner<>(new Outer(frozen, hop.query()));

    ProgramRunner.Execution<Answer> execution =
        echo.context()
            .call(
                () ->
                    runner.trace(
                        new ProgramState(Map.of("query", new PredictorState("OQ.", List.of()))),
                        QUESTION));

    assertThat(execution.output()).isEqualTo(new Answer("FA.OQ."));
    assertThat(execution.steps()).extracting(TraceStep::predictor).containsExactly("query");
  }

  @Test
  void keepsStatesApartThatRunConcurrently() {
    ProgramRunner<Question, Answer> runner = new ProgramRunner<>(Hop.create());
    List<Integer> numbers = IntStream.range(0, 400).boxed().toList();

    List<ProgramRunner.Execution<Answer>> executions =
        echo.context()
            .call(
                () ->
                    dev.hone.context.Context.current()
                        .workers()
                        .map(
                            numbers,
                            i -> runner.trace(hopState("Q" + i, "A" + i), new Question("?" + i))));

    for (int i : numbers) {
      assertThat(executions.get(i).output()).isEqualTo(new Answer("A" + i));
      assertThat(executions.get(i).steps())
          .extracting(step -> step.inputs().get("question").stringValue())
          .containsExactly("?" + i, "Q" + i);
    }
  }
}
