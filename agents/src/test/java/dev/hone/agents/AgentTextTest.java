package dev.hone.agents;

import static dev.hone.agents.SearchTask.question;
import static dev.hone.testkit.ScriptedTurn.call;
import static dev.hone.testkit.ScriptedTurn.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.agents.SearchTask.Answer;
import dev.hone.agents.SearchTask.Query;
import dev.hone.agents.SearchTask.Question;
import dev.hone.context.Context;
import dev.hone.history.Verbose;
import dev.hone.observe.Event;
import dev.hone.program.ProgramEvent;
import dev.hone.testkit.ScriptedModel;
import dev.hone.tool.Tool;
import dev.hone.tool.ToolEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** What people and listeners see of a run. */
class AgentTextTest {
  private final Tool search =
      Tool.of("search", "finds", Query.class, query -> "Person 4, password=hunter22 of old");
  private final Tool broken =
      Tool.of(
          "broken",
          "fails",
          Query.class,
          query -> {
            throw new IllegalStateException("no index");
          });
  private final ReAct<Question, Answer> agent =
      ReAct.of(Question.class, Answer.class, "Name the person.", search, broken).maxTurns(3);

  private static ScriptedModel model() {
    return ScriptedModel.calling(
        call("search", "{\"query\": \"4\"}")
            .and("broken", "{\"query\": \"4\"}")
            .thinking("I look it up."),
        say("Hm."),
        call("submit", "{\"answer\": \"Person 4\"}"));
  }

  @Test
  void aTranscriptTellsWhatWentWrongWhereWithoutCredentials() {
    AgentResult<Answer> result =
        Context.builder().lm(model()).build().call(() -> agent.answer(question(4)));

    assertThat(result.toText().lines())
        .containsSequence(
            "question: Who is number 4?",
            "",
            "turn 1",
            "  thought: I look it up.",
            "  search {\"query\":\"4\"}")
        .anyMatch(line -> line.startsWith("    -> Person 4") && !line.contains("hunter22"))
        .anyMatch(line -> line.startsWith("    !! ") && line.contains("no index"))
        .containsSequence("turn 2", "  thought: Hm.", "  (no call)")
        .anyMatch(line -> line.startsWith("3 turns, 2 tool calls, 3 model calls"))
        .endsWith("The agent answered by itself.");
    assertThat(result.toString())
        .startsWith("Answered[Answer[answer=Person 4], 3 turns, 2 tool calls");
    assertThat(agent).hasToString("ReAct[question -> answer, tools search, broken]");
  }

  @Test
  void listenersSeeARunWithItsTurnsAroundStepsAndToolCalls() {
    Queue<Event> events = new ConcurrentLinkedQueue<>();
    Context context =
        Context.builder().lm(model()).listener((event, metadata) -> events.add(event)).build();

    context.run(() -> agent.answer(question(4)));

    List<AgentEvent> ofAgent =
        events.stream().filter(AgentEvent.class::isInstance).map(AgentEvent.class::cast).toList();
    assertThat(ofAgent.stream().map(event -> event.getClass().getSimpleName()))
        .containsExactly("AgentStarted", "TurnEnded", "TurnEnded", "TurnEnded", "AgentEnded");
    long id = ofAgent.get(0).stamp().id();
    assertThat(ofAgent).allMatch(event -> event.stamp().id() == id);
    assertThat(events.stream().filter(ProgramEvent.class::isInstance))
        .hasSize(6)
        .allMatch(event -> event.stamp().parentId() == id);
    assertThat(events.stream().filter(ToolEvent.class::isInstance))
        .hasSize(4)
        .allMatch(event -> event.stamp().parentId() == id);
  }

  @Test
  void aListenerIsToldOfTheWorkOfARunThatAnExceptionEnded() {
    Queue<AgentWork> works = new ConcurrentLinkedQueue<>();
    ScriptedModel gone =
        ScriptedModel.calling(
            request -> {
              if (request.messages().size() > 2) {
                throw new dev.hone.lm.LmException.ContentRefused("no", null);
              }
              return call("search", "{\"query\": \"4\"}");
            });
    Context context =
        Context.builder()
            .lm(gone)
            .listener(
                (event, metadata) -> {
                  if (event instanceof AgentEvent.AgentFailed failed) {
                    works.add(failed.work());
                  }
                })
            .build();

    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> context.call(() -> agent.answer(question(4))))
        .isInstanceOf(dev.hone.lm.LmException.ContentRefused.class);
    assertThat(works).singleElement().satisfies(work -> assertThat(work.turns()).isEqualTo(1));
  }

  @Test
  void aLogOfAllThatHappensHasALineForEachTurn() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Context context =
        Context.builder()
            .lm(model())
            .listener(Verbose.to(new PrintStream(out, true, StandardCharsets.UTF_8)))
            .build();

    context.run(() -> agent.answer(question(4)));

    assertThat(out.toString(StandardCharsets.UTF_8).lines().map(line -> line.substring(13)))
        .contains(
            "agent question -> answer, turn 1: search, broken (1 of 2 calls failed)",
            "agent question -> answer, turn 2: no call: Hm.",
            "agent question -> answer, turn 3: submit")
        .anyMatch(line -> line.startsWith("agent question -> answer: The agent answered"))
        .noneMatch(line -> line.contains("hunter22"));
  }
}
