package dev.hone.agents;

import static dev.hone.testkit.ScriptedTurn.call;
import static dev.hone.testkit.ScriptedTurn.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.agents.AgentResult.Answered;
import dev.hone.agents.AgentResult.ForcedAnswer;
import dev.hone.context.Context;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmRequest;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.lm.MessagePart.ToolResult;
import dev.hone.prompt.Trajectory.Turn;
import dev.hone.signature.Desc;
import dev.hone.testkit.ScriptedModel;
import dev.hone.testkit.ScriptedTurn;
import dev.hone.tool.Tool;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The loop of an agent, under both protocols. */
class ReActTest {
  record Question(String question) {}

  record Answer(String answer, @Desc("from 0 to 1") double confidence) {
    Answer {
      if (confidence > 1) {
        throw new IllegalArgumentException("confidence is above 1");
      }
    }
  }

  record Query(String query) {}

  enum Protocol {
    NATIVE,
    WORDS;

    ScriptedModel of(ScriptedTurn... turns) {
      ScriptedModel model = ScriptedModel.calling(turns);
      return this == NATIVE ? model : model.withCapabilities(Capabilities.TEXT);
    }
  }

  private static final String SUBMIT = "{\"answer\": \"James Joyce\", \"confidence\": 0.9}";

  private final AtomicInteger searches = new AtomicInteger();
  private final Tool search =
      Tool.of(
          "search",
          "finds passages",
          Query.class,
          query -> {
            searches.incrementAndGet();
            return "Dubliners is by James Joyce. [" + query.query() + "]";
          });
  private final Tool broken =
      Tool.of(
          "broken",
          "always fails",
          Query.class,
          query -> {
            throw new IllegalStateException("no index");
          });

  private ReAct<Question, Answer> agent() {
    return ReAct.of(Question.class, Answer.class, "Answer the question.", search, broken);
  }

  private static <R> R under(ScriptedModel model, Supplier<R> code) {
    return Context.builder().lm(model).build().call(code::get);
  }

  private static AgentResult<Answer> answer(ReAct<Question, Answer> agent, ScriptedModel model) {
    return under(model, () -> agent.answer(new Question("Who wrote Dubliners?")));
  }

  private static List<String> results(AgentResult<?> result) {
    return result.trajectory().turns().stream()
        .flatMap(turn -> turn.results().stream())
        .map(r -> (r.isError() ? "!! " : "") + r.text())
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void callsAToolLooksAtItsResultAndAnswers(Protocol protocol) {
    ScriptedModel model =
        protocol.of(
            call("search", "{\"query\": \"Dubliners\"}").thinking("I look it up."),
            call("submit", SUBMIT));

    AgentResult<Answer> result = answer(agent(), model);

    assertThat(result).isInstanceOf(Answered.class);
    assertThat(result.answer()).contains(new Answer("James Joyce", 0.9));
    assertThat(result.work().turns()).isEqualTo(2);
    assertThat(result.work().toolCalls()).isEqualTo(1);
    assertThat(result.work().spend().lmCalls()).isEqualTo(2);
    assertThat(results(result))
        .containsExactly("Dubliners is by James Joyce. [Dubliners]", "The answer is taken.");
    assertThat(result.trajectory().turns().get(0).thought()).isEqualTo("I look it up.");
    String second = model.requests().get(1).toText();
    assertThat(second).contains("I look it up.").contains("by James Joyce. [Dubliners]");
    assertThat(model.requests().get(0).toText()).contains("Answer the question.");
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerThatIsNotOfItsTypeGoesBackToTheModel(Protocol protocol) {
    ScriptedModel model =
        protocol.of(
            call("submit", "{\"answer\": \"Joyce\", \"confidence\": \"rather sure\"}"),
            call("submit", "{\"answer\": \"Joyce\", \"confidence\": 7}"),
            call("submit", "{\"answer\": \"Joyce\"}"),
            call("submit", SUBMIT));

    AgentResult<Answer> result = answer(agent(), model);

    assertThat(result).isInstanceOf(Answered.class);
    assertThat(results(result).get(0)).contains("confidence").contains("rather sure");
    assertThat(results(result).get(1)).contains("confidence is above 1");
    assertThat(results(result).get(2)).contains("confidence").contains("missing");
    assertThat(model.requests().get(1).toText()).contains("rather sure");
  }

  @ParameterizedTest
  @EnumSource
  void whatGoesWrongWithACallIsAResultForTheModel(Protocol protocol) {
    ScriptedModel model =
        protocol.of(
            call("serch", "{\"query\": \"x\"}")
                .and("search", "{\"qery\": \"x\"}")
                .and("broken", "{\"query\": \"x\"}")
                .and("search", "{\"query\": \"x\"}"),
            call("submit", SUBMIT));

    AgentResult<Answer> result = answer(agent(), model);

    assertThat(result).isInstanceOf(Answered.class);
    assertThat(results(result)).hasSize(5);
    assertThat(results(result).get(0)).contains("serch").contains("search");
    assertThat(results(result).get(1)).startsWith("!! ").contains("query");
    assertThat(results(result).get(2)).startsWith("!! ").contains("no index");
    assertThat(results(result).get(3)).startsWith("Dubliners");
    assertThat(searches).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerBesideOtherCallsCountsIfAllOfThemSucceed(Protocol protocol) {
    ScriptedModel good = protocol.of(call("search", "{\"query\": \"x\"}").and("submit", SUBMIT));
    ScriptedModel bad =
        protocol.of(
            call("submit", SUBMIT).and("broken", "{\"query\": \"x\"}"), call("submit", SUBMIT));

    AgentResult<Answer> taken = answer(agent(), good);
    AgentResult<Answer> refused = answer(agent(), bad);

    assertThat(taken.work().turns()).isEqualTo(1);
    assertThat(taken.work().toolCalls()).isEqualTo(1);
    assertThat(refused.work().turns()).isEqualTo(2);
    assertThat(results(refused).get(0)).startsWith("!! Not taken, since a call beside it failed");
  }

  @ParameterizedTest
  @EnumSource
  void severalDifferentAnswersInOneTurnAreNone(Protocol protocol) {
    ScriptedModel model =
        protocol.of(
            call("submit", SUBMIT).and("submit", SUBMIT.replace("James", "Jane")),
            call("submit", SUBMIT).and("submit", SUBMIT));

    AgentResult<Answer> result = answer(agent(), model);

    assertThat(result).isInstanceOf(Answered.class);
    assertThat(results(result).subList(0, 2)).allMatch(text -> text.contains("several answers"));
    assertThat(results(result)).hasSize(4);
  }

  @ParameterizedTest
  @EnumSource
  void aReplyWithoutACallIsToldSoOnceThenTheAnswerIsForced(Protocol protocol) {
    ScriptedModel model = protocol.of(say("It is Joyce."), say("Joyce!"), call("submit", SUBMIT));

    AgentResult<Answer> result = answer(agent(), model);

    assertThat(result).isInstanceOf(ForcedAnswer.class);
    assertThat(result.stopCause()).contains(StopCause.NO_CALL);
    assertThat(model.requests().get(0).toText()).doesNotContain("called no tool");
    assertThat(model.requests().get(1).toText()).contains("Your last reply called no tool.");
    assertThat(model.requests().get(2).toText()).contains("Call submit now");
  }

  @ParameterizedTest
  @EnumSource
  void theAnswerIsForcedWhenTheTurnsAreUsedUp(Protocol protocol) {
    ScriptedModel model =
        protocol.of(
            call("search", "{\"query\": \"1\"}"),
            call("search", "{\"query\": \"2\"}"),
            call("submit", SUBMIT));

    AgentResult<Answer> result = answer(agent().maxTurns(2), model);

    assertThat(result).isInstanceOf(ForcedAnswer.class);
    assertThat(result.stopCause()).contains(StopCause.TURNS);
    LmRequest forced = model.requests().get(2);
    if (protocol == Protocol.NATIVE) {
      assertThat(forced.requiredTool()).contains("submit");
    }
    assertThat(forced.toText()).contains("submit").doesNotContain("finds passages");
  }

  @ParameterizedTest
  @EnumSource
  void callsBeyondTheLimitAreNotRunAndTheAnswerIsForced(Protocol protocol) {
    ScriptedModel model =
        protocol.of(
            call("search", "{\"query\": \"1\"}")
                .and("search", "{\"query\": \"2\"}")
                .and("search", "{\"query\": \"3\"}"),
            call("submit", SUBMIT));

    AgentResult<Answer> result = answer(agent().maxCalls(2), model);

    assertThat(result.stopCause()).contains(StopCause.CALLS);
    assertThat(searches).hasValue(2);
    assertThat(results(result).get(2)).contains("Not run: no tool calls are left");
  }

  @Test
  void anAgentThatUsedItsLastCallMayStillAnswerByItself() {
    ScriptedModel model =
        Protocol.NATIVE.of(call("search", "{\"query\": \"1\"}"), call("submit", SUBMIT));

    assertThat(answer(agent().maxCalls(1), model)).isInstanceOf(Answered.class);
  }

  @Test
  void theAnswerIsForcedWhenTheTokensAreUsedUp() {
    ScriptedModel model =
        Protocol.NATIVE.of(call("search", "{\"query\": \"1\"}"), call("submit", SUBMIT));

    AgentResult<Answer> result = answer(agent().maxTokens(1), model);

    assertThat(result.stopCause()).contains(StopCause.TOKENS);
    assertThat(result.answer()).isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void theSameCallWithTheSameErrorThreeTimesForcesTheAnswer(Protocol protocol) {
    ScriptedTurn fail = call("broken", "{\"query\": \"x\"}");
    ScriptedModel model = protocol.of(fail, fail, fail, call("submit", SUBMIT));

    AgentResult<Answer> result = answer(agent(), model);

    assertThat(result.stopCause()).contains(StopCause.REPEATED_FAILURE);
    assertThat(model.calls()).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource
  void anAgentThatGivesNoAnswerWhenItMustGivesUpWithAllItDid(Protocol protocol) {
    ScriptedModel model =
        protocol.of(
            call("search", "{\"query\": \"1\"}").thinking("Hm."),
            call("submit", "{\"answer\": \"x\", \"confidence\": 3}"));
    ReAct<Question, Answer> agent = agent().maxTurns(1);

    assertThatThrownBy(() -> under(model, () -> agent.run(new Question("Who?"))))
        .isInstanceOfSatisfying(
            AgentGaveUpException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(StopCause.TURNS);
              assertThat(e.trajectory().turns()).hasSize(2);
              assertThat(e.work().toText()).contains("Hm.").contains("confidence is above 1");
            })
        .hasMessageContaining("used all its turns")
        .hasMessageContaining("confidence is above 1")
        .hasMessageContaining("Maybe raise the limit");
  }

  @Test
  void aReplyThatCannotBeReadForcesTheAnswer() {
    AtomicInteger asked = new AtomicInteger();
    ScriptedModel model =
        ScriptedModel.answering(
            request ->
                asked.incrementAndGet() <= 3
                    ? "[[ ## calls ## ]]\nI would search [ for it"
                    : "[[ ## thought ## ]]\n\n[[ ## calls ## ]]\n[{\"tool\": \"submit\","
                        + " \"arguments\": %s}]\n\n[[ ## completed ## ]]".formatted(SUBMIT));

    AgentResult<Answer> result = answer(agent(), model);

    assertThat(result.stopCause()).contains(StopCause.UNREADABLE_REPLY);
    assertThat(result.answer()).isPresent();
    assertThat(result.work().turns()).isEqualTo(2);
    assertThat(result.work().spend().lmCalls()).isEqualTo(4);
  }

  @Test
  void everyCallHasAnIdOfItsOwnAndItsResultRefersToIt() {
    ScriptedTurn two = call("search", "{\"query\": \"1\"}").and("search", "{\"query\": \"2\"}");
    ScriptedModel model =
        ScriptedModel.replying(
                request ->
                    (request.messages().size() < 6 ? two.thinking("") : call("submit", SUBMIT))
                        .calls().stream()
                            .map(c -> MessagePart.toolCall("same", c.name(), c.arguments()))
                            .collect(
                                Collectors.collectingAndThen(
                                    Collectors.toList(),
                                    parts ->
                                        ScriptedModel.reply(request, "").toBuilder()
                                            .parts(parts)
                                            .build())))
            .withCapabilities(Capabilities.builder().toolCalls(true).build());

    AgentResult<Answer> result = answer(agent(), model);

    List<Turn> turns = result.trajectory().turns();
    List<String> ids =
        turns.stream().flatMap(turn -> turn.calls().stream()).map(ToolCall::id).toList();
    assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(3);
    assertThat(turns.stream().flatMap(turn -> turn.results().stream()).map(ToolResult::callId))
        .containsExactlyElementsOf(ids);
  }

  @Test
  void aDynamicAgentTakesAndReturnsMaps() {
    ScriptedModel model =
        Protocol.NATIVE.of(call("search", "{\"query\": \"1\"}"), call("submit", "{\"n\": \"7\"}"));
    DynamicReAct agent = ReAct.of("question -> n: int", search).maxTurns(3);

    Map<String, Object> outputs = under(model, () -> agent.run(Map.of("question", "How many?")));

    assertThat(outputs).isEqualTo(Map.of("n", 7L));
  }

  @Test
  void namesThatTheAgentNeedsAreRefused() {
    Tool submit = search.withName("submit");

    assertThatThrownBy(() -> ReAct.of("question -> answer", submit))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("\"submit\"");
    for (String taken : List.of("trajectory", "thought", "calls")) {
      assertThatThrownBy(() -> ReAct.of(taken + " -> answer", search))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("\"%s\"".formatted(taken));
      assertThat(ReAct.of("question -> " + taken, search)).isNotNull();
    }
    assertThatThrownBy(() -> ReAct.of("question -> answer", search, search))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Two tools");
    assertThatThrownBy(() -> agent().maxTurns(0)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> agent().maxCalls(-1)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> agent().maxTokens(0)).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void aNullInputIsRefusedBeforeAnyCall() {
    ScriptedModel model = Protocol.NATIVE.of();

    assertThatThrownBy(() -> under(model, () -> agent().run(new Question(null))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("question");
  }
}
