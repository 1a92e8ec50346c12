package dev.hone.agents;

import static dev.hone.testkit.ScriptedTurn.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.agents.AgentResult.Answered;
import dev.hone.agents.AgentResult.ForcedAnswer;
import dev.hone.agents.SearchTask.Answer;
import dev.hone.agents.SearchTask.Question;
import dev.hone.compiled.Compiled;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmMessage.Role;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.MessagePart.ToolResult;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.prompt.Demo;
import dev.hone.testkit.ScriptedModel;
import dev.hone.testkit.ScriptedTurn;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Agents under every adapter, with native tool calls and in words. */
class ReActAdaptersTest {
  private static final Pattern FOUND = Pattern.compile("Person (\\d+)");
  private static final ScriptedTurn LOOK =
      call("search", "{\"query\": \"3\"}").thinking("I look it up.");
  private static final ScriptedTurn SUBMIT = call("submit", "{\"answer\": \"Person 3\"}");

  private final SearchTask task = new SearchTask();

  static Stream<Way> ways() {
    return Way.all();
  }

  private AgentResult<Answer> run(Way way, ScriptedModel model) {
    return run(way, model, task.agent());
  }

  private static AgentResult<Answer> run(
      Way way, ScriptedModel model, ReAct<Question, Answer> agent) {
    return way.context(model).call(() -> agent.answer(SearchTask.question(3)));
  }

  private static LmMessage last(LmRequest request) {
    return request.messages().get(request.messages().size() - 1);
  }

  /** What the last message tells of results. */
  private static String observed(LmRequest request) {
    return last(request).text()
        + last(request).parts().stream()
            .filter(ToolResult.class::isInstance)
            .map(part -> ((ToolResult) part).text())
            .collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void searchesAndAnswers(Way way) {
    ScriptedModel model = way.model(LOOK, SUBMIT);

    AgentResult<Answer> result = run(way, model);

    assertThat(result).isInstanceOf(Answered.class);
    assertThat(result.answer()).contains(new Answer("Person 3"));
    assertThat(result.trajectory().turns().get(0).thought()).isEqualTo("I look it up.");
    assertThat(task.searches).hasValue(1);
    assertThat(model.calls()).isEqualTo(2);
    assertThat(model.requests()).allMatch(r -> r.tools().isEmpty() != way.nativeCalls());
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aMalformedCallIsRepaired(Way way) {
    AtomicInteger calls = new AtomicInteger();
    Function<LmRequest, LmResponse> script =
        request ->
            switch (calls.getAndIncrement()) {
              case 0 -> broken(way, request);
              case 1 -> way.reply(LOOK, request);
              default -> way.reply(SUBMIT, request);
            };
    ScriptedModel model = ScriptedModel.replying(script).withCapabilities(way.capabilities(false));

    AgentResult<Answer> result = run(way, model);

    assertThat(result).isInstanceOf(Answered.class);
    assertThat(result.answer()).contains(new Answer("Person 3"));
    assertThat(task.searches).hasValue(1);
    assertThat(observed(model.requests().get(1)))
        .containsAnyOf("could not be read", "not valid JSON", "JSON object");
    assertThat(model.calls()).isEqualTo(3);
  }

  /** Arguments, or a whole reply, that break off. */
  private static LmResponse broken(Way way, LmRequest request) {
    if (way.nativeCalls()) {
      return way.reply(call("search", "{\"query\": \"3"), request);
    }
    String whole = Way.words(way.adapter(), LOOK);
    return ScriptedModel.reply(request, whole.substring(0, whole.indexOf("query") + 5));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void severalCallsInOneTurnKeepTheirOrder(Way way) {
    ScriptedModel model =
        way.model(
            call("search", "{\"query\": \"5\"}")
                .and("search", "{\"query\": \"3\"}")
                .and("search", "{\"query\": \"4\"}"),
            SUBMIT);

    AgentResult<Answer> result = run(way, model);

    assertThat(result.answer()).contains(new Answer("Person 3"));
    assertThat(result.trajectory().turns().get(0).results())
        .extracting(ToolResult::text)
        .containsExactly("Person 5", "Person 3", "Person 4");
    assertThat(observed(model.requests().get(1)))
        .containsSubsequence("Person 5", "Person 3", "Person 4");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void theAnswerIsForcedWhenTheTurnsAreOver(Way way) {
    ScriptedModel model = way.model(LOOK, SUBMIT);

    AgentResult<Answer> result = run(way, model, task.agent().maxTurns(1));

    assertThat(result).isInstanceOf(ForcedAnswer.class);
    assertThat(result.answer()).contains(new Answer("Person 3"));
    LmRequest forced = model.requests().get(1);
    if (way.nativeCalls()) {
      assertThat(forced.requiredTool()).contains("submit");
    } else {
      assertThat(last(forced).text()).contains("`submit` now");
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void theNextTurnIsShownWhatWasDone(Way way) {
    ScriptedModel model =
        way.model(LOOK, call("search", "{\"query\": \"4\"}").thinking("Once more."), SUBMIT);

    assertThat(run(way, model).answer()).contains(new Answer("Person 3"));

    LmRequest third = model.requests().get(2);
    assertThat(third.messages())
        .extracting(LmMessage::role)
        .containsExactly(
            Role.SYSTEM,
            Role.USER,
            Role.ASSISTANT,
            way.nativeCalls() ? Role.TOOL : Role.USER,
            Role.ASSISTANT,
            way.nativeCalls() ? Role.TOOL : Role.USER);
    assertThat(third.toText())
        .containsSubsequence(
            "Who is number 3?", "I look it up.", "Person 3", "Once more.", "Person 4");
    if (!way.nativeCalls()) {
      assertThat(third.messages().get(2).text()).isEqualTo(Way.words(way.adapter(), LOOK));
    }
  }

  /** Searches for the number that is asked for, then answers with what was found. */
  private static ScriptedTurn act(LmRequest request) {
    Matcher found = FOUND.matcher(observed(request));
    return found.find()
        ? call("submit", "{\"answer\": \"%s\"}".formatted(found.group())).thinking("Found.")
        : call("search", "{\"query\": \"%s\"}".formatted(SearchTask.asked(request)))
            .thinking("I look it up.");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aBootstrappedDemoOfAWholeRunIsShown(Way way) {
    Compiled<Question, Answer> tuned =
        way.context(way.model(ReActAdaptersTest::act))
            .call(
                () ->
                    BootstrapFewShot.defaults()
                        .bootstrap(b -> b.withMaxBootstrappedDemos(2))
                        .compile(task.agent(), SearchTask.dataset(6), SearchTask.metric())
                        .compiled());
    ScriptedModel after = way.model(ReActAdaptersTest::act);

    Answer answer = way.context(after).call(() -> tuned.run(SearchTask.question(99)));

    assertThat(answer).isEqualTo(new Answer("Person 99"));
    List<Demo> demos = tuned.state().of("step").demos();
    assertThat(demos).hasSize(2);
    String shown = after.requests().get(0).toText();
    for (Demo demo : demos) {
      String name =
          demo.outputs().path("calls").path(0).path("arguments").path("answer").asString();
      String question = demo.inputs().path("question").asString();
      assertThat(shown).containsSubsequence(question, "I look it up.", name, "Found.", name);
    }
    assertThat(shown).contains("Who is number 99?");
  }
}
