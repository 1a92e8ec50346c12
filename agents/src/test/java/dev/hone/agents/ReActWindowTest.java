package dev.hone.agents;

import static dev.hone.testkit.ScriptedTurn.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.agents.AgentResult.Answered;
import dev.hone.agents.AgentResult.GaveUp;
import dev.hone.context.Context;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.testkit.ScriptedModel;
import dev.hone.testkit.ScriptedTurn;
import dev.hone.tool.Tool;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an agent does when its prompt no longer fits into the model's window. */
class ReActWindowTest {
  record Query(int page) {}

  record Question(String question) {}

  record Answer(String answer) {}

  private static final ScriptedTurn SUBMIT = call("submit", "{\"answer\": \"done\"}");

  /** A model with a window of some characters. */
  private static ScriptedModel window(int characters, Function<LmRequest, ScriptedTurn> turn) {
    ScriptedModel inner = ScriptedModel.calling(turn);
    return ScriptedModel.replying(
            request -> {
              LmResponse reply = inner.call(request);
              if (request.toText().length() > characters) {
                throw new LmException.ContextWindowExceeded("too long", null);
              }
              return reply;
            })
        .withCapabilities(inner.capabilities());
  }

  private static Tool pages(int characters) {
    return Tool.of(
        "page",
        "reads a page",
        Query.class,
        query -> "page " + query.page() + ": " + "x".repeat(characters));
  }

  private static AgentResult<Answer> run(ScriptedModel model, Tool tool, int maxTurns) {
    ReAct<Question, Answer> agent =
        ReAct.of(Question.class, Answer.class, "Answer.", tool).maxTurns(maxTurns);
    return Context.builder().lm(model).build().call(() -> agent.answer(new Question("What?")));
  }

  /** Reads pages 1, 2, 3 … and then answers; pages are counted by what the tool returned. */
  private static Function<LmRequest, ScriptedTurn> readingPages(int most) {
    var next = new java.util.concurrent.atomic.AtomicInteger();
    return request -> {
      int page = next.incrementAndGet();
      return page > most ? SUBMIT : call("page", "{\"page\": %d}".formatted(page));
    };
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void leavesTheOlderTurnsOutAndSaysSo(boolean nativeCalls) {
    ScriptedModel model = window(4_000, readingPages(9));
    AgentResult<Answer> result =
        run(nativeCalls ? model : model.withCapabilities(Capabilities.TEXT), pages(500), 20);

    assertThat(result).isInstanceOf(Answered.class);
    assertThat(result.work().leftOut()).isPositive();
    int shown = result.trajectory().turns().size() - result.work().leftOut();
    assertThat(shown).isPositive();
    assertThat(result.trajectory().leftOut()).isZero();
    assertThat(result.toText()).contains("turn 1 (no longer shown to the model at the end)");
  }

  @Test
  void thePromptTellsHowManyTurnsWereLeftOut() {
    ScriptedModel model = window(4_000, readingPages(9));

    AgentResult<Answer> result = run(model, pages(500), 20);

    List<LmRequest> requests = model.requests();
    assertThat(requests.get(requests.size() - 1).toText())
        .contains("%d earlier turns left out here".formatted(result.work().leftOut()))
        .doesNotContain("page 1: ");
  }

  @Test
  void longResultsOfTheOnlyTurnAreShortened() {
    ScriptedModel model = window(4_000, readingPages(1));

    AgentResult<Answer> result = run(model, pages(15_000), 20);

    assertThat(result).isInstanceOf(Answered.class);
    List<LmRequest> requests = model.requests();
    assertThat(requests.get(requests.size() - 1).toText())
        .contains("characters are left out here]")
        .doesNotContain("earlier turn");
    assertThat(result.trajectory().turns().get(0).results().get(0).text()).hasSize(15_008);
  }

  @Test
  void givesUpWhereNothingCanBeLeftOut() {
    ScriptedModel model = window(10, readingPages(1));

    AgentResult<Answer> result = run(model, pages(10), 20);

    assertThat(result)
        .isInstanceOfSatisfying(
            GaveUp.class, end -> assertThat(end.reason()).isEqualTo(StopCause.CONTEXT_WINDOW));
    assertThat(model.calls()).isEqualTo(2);
  }

  @Test
  void makesRoomALimitedNumberOfTimes() {
    ScriptedModel model = window(2_600, readingPages(1_000));

    AgentResult<Answer> result = run(model, pages(700), 100);

    long failed = model.calls() - result.work().turns();
    assertThat(failed).isLessThanOrEqualTo(ShownTurns.MOST_CUTS + 2);
    assertThat(result.stopCause()).contains(StopCause.CONTEXT_WINDOW);
  }
}
