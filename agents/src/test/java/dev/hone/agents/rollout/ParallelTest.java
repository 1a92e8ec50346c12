package dev.hone.agents.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.agents.rollout.Draws.Answer;
import dev.hone.agents.rollout.Draws.Question;
import dev.hone.context.Budget;
import dev.hone.context.MissingModelException;
import dev.hone.lm.LmException;
import dev.hone.lm.LmOptions;
import dev.hone.program.Program;
import dev.hone.program.ProgramRunner;
import dev.hone.testkit.ScriptedModel;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ParallelTest {
  private static final List<Question> INPUTS =
      IntStream.range(0, 20).mapToObj(i -> new Question("q" + i + ".")).toList();

  private static final Pattern QUESTION = Pattern.compile("q\\d+");

  private static ScriptedModel echo() {
    return ScriptedModel.answering(
        request -> {
          Matcher question = QUESTION.matcher(request.messages().get(1).text());
          return question.find() && !question.group().equals("q7")
              ? Draws.filled(request, field -> question.group())
              : "mumble";
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 16})
  void givesResultsInOrderAndFailuresAsData(int threads) {
    Parallel<Question, Answer> parallel = Parallel.of(Draws.answerer());

    var results = Draws.context(echo(), threads).call(() -> parallel.run(INPUTS));

    assertThat(results.runs()).hasSize(20);
    assertThat(results.failed()).extracting(Rollout::index).containsExactly(7);
    assertThat(results.succeeded()).hasSize(19);
    assertThat(results.of(19).get(0).output()).contains(new Answer("q19"));
    assertThatThrownBy(results::outputs).hasMessageContaining("could not be read");
  }

  @Test
  void runsEachProgramOnEachInput() {
    Program<Question, Answer> loud = in -> new Answer(in.question() + "!");
    Program<Question, Answer> asking = in -> new Answer(in.question() + "?");

    var results =
        Draws.context(echo(), 4)
            .call(() -> Parallel.of(List.of(loud, asking)).run(INPUTS.subList(0, 2)));

    assertThat(results.outputs())
        .extracting(Answer::answer)
        .containsExactly("q0.!", "q0.?", "q1.!", "q1.?");
    assertThat(results.of(1)).extracting(Rollout::index).containsExactly(2, 3);
  }

  @Test
  void stepsComeInTheOrderOfTheResultsAndOptionsAreLeftAlone() {
    ScriptedModel model = echo();
    Parallel<Question, Answer> parallel = Parallel.of(Draws.answerer());
    ProgramRunner<List<Question>, Parallel.Results<Answer>> runner = new ProgramRunner<>(parallel);

    var run =
        Draws.context(model, 16)
            .call(() -> runner.trace(runner.predictors().initialState(), INPUTS));

    assertThat(run.steps())
        .extracting(step -> step.inputs().path("question").asString())
        .containsExactlyElementsOf(
            INPUTS.stream().map(Question::question).filter(q -> !q.equals("q7.")).toList());
    assertThat(model.requests()).allMatch(r -> r.options().equals(LmOptions.defaults()));
  }

  @Test
  void aSpentBudgetIsDataAndNoModelIsAnError() {
    var context = Draws.context(echo(), 1).toBuilder().budget(Budget.ofCalls(2)).build();

    var results = context.call(() -> Parallel.of(Draws.answerer()).run(INPUTS.subList(0, 5)));

    assertThat(results.succeeded()).hasSize(2);
    assertThat(results.failed())
        .extracting(run -> run.failure().orElseThrow())
        .hasOnlyElementsOfType(LmException.BudgetExhausted.class);
    assertThatThrownBy(
            () ->
                dev.hone.context.Context.builder()
                    .build()
                    .run(() -> Parallel.of(Draws.answerer()).run(INPUTS)))
        .isInstanceOf(MissingModelException.class);
  }
}
