package dev.hone.agents;

import static dev.hone.testkit.ScriptedTurn.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.agents.SearchTask.Answer;
import dev.hone.agents.SearchTask.Query;
import dev.hone.agents.SearchTask.Question;
import dev.hone.compiled.Compiled;
import dev.hone.compiled.Provenance;
import dev.hone.context.Context;
import dev.hone.langchain4j.OpenAiModels;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage.Role;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.Image;
import dev.hone.lm.MessagePart.Thinking;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.lm.MessagePart.ToolResult;
import dev.hone.program.ProgramRunner;
import dev.hone.program.ProgramState;
import dev.hone.prompt.Demo;
import dev.hone.testkit.OpenAiStubServer;
import dev.hone.testkit.ScriptedModel;
import dev.hone.tool.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Agents whose tools return images, and whose models sign what they think. */
class ReActImagesTest {
  private static final byte[] BYTES = {9, 8, 7, 6, 5, 4, 3, 2, 1};
  private static final Image PHOTO = MessagePart.image(BYTES, "image/png");

  private final Tool photo =
      Tool.of(
          "photo",
          "takes a photo",
          Query.class,
          query -> List.of(MessagePart.text("Photo of " + query.query()), PHOTO));

  private ReAct<Question, Answer> agent() {
    return ReAct.of(Question.class, Answer.class, "Name the person.", photo);
  }

  private AgentResult<Answer> run(Context context) {
    return context.call(() -> agent().answer(SearchTask.question(3)));
  }

  private static ScriptedModel brain(Way way) {
    return way.model(
        call("photo", "{\"query\": \"a\"}").and("photo", "{\"query\": \"b\"}"),
        call("submit", "{\"answer\": \"Person 3\"}"));
  }

  static Stream<Way> ways() {
    return Way.all();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void theBytesArriveAtTheServerRightAfterTheResults(Way way) {
    ScriptedModel brain = brain(way);
    try (OpenAiStubServer server = new OpenAiStubServer(brain)) {
      LanguageModel model =
          OpenAiModels.openAiCompatible("any", server.baseUrl(), null, Duration.ofSeconds(5))
              .withCapabilities(way.capabilities(true));
      Context context = Context.builder().lm(model).adapter(way.adapter()).build();

      AgentResult<Answer> result = run(context);

      assertThat(result.answer()).contains(new Answer("Person 3"));
      assertThat(result.trajectory().turns().get(0).results().get(1).images())
          .containsExactly(PHOTO);
      assertThat(result.toText()).contains("Photo of b [image image/png, 9 bytes]");
      LmRequest second = brain.requests().get(1);
      assertThat(second.messages())
          .extracting(message -> message.role())
          .containsExactly(
              way.nativeCalls()
                  ? new Role[] {Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.TOOL, Role.USER}
                  : new Role[] {Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.USER});
      List<MessagePart> last = second.messages().get(second.messages().size() - 1).parts();
      assertThat(last.stream().filter(Image.class::isInstance)).containsExactly(PHOTO, PHOTO);
      assertThat(second.toText()).containsSubsequence("Photo of a", "[image 1]", "[image 2]");
      assertThat(server.bodies().get(1).toString())
          .contains(Base64.getEncoder().encodeToString(BYTES));
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aModelThatTakesTextOnlyGoesOnWithoutThem(Way way) {
    ScriptedModel brain = brain(way);

    AgentResult<Answer> result = run(way.context(brain));

    assertThat(result.answer()).contains(new Answer("Person 3"));
    assertThat(brain.requests().get(1).toText())
        .contains("Photo of a")
        .containsIgnoringCase("you cannot see");
  }

  @Test
  void imagesStayInDemosOfRunsInSavedProgramsToo(@TempDir Path dir) {
    Way way = Way.all().findFirst().orElseThrow();
    Demo demo = run(way.context(brain(way))).work().toDemo().orElseThrow();
    ReAct<Question, Answer> agent = agent();
    ProgramState state =
        new ProgramRunner<>(agent.withDemos(List.of(demo))).predictors().initialState();
    Path file = dir.resolve("agent.json");
    Compiled.of(agent, state, Provenance.none()).save(file);

    Compiled<Question, Answer> loaded = Compiled.load(agent, file);

    ScriptedModel sees = brain(way).withCapabilities(way.capabilities(true));
    Context context = Context.builder().lm(sees).adapter(way.adapter()).build();
    assertThat(context.call(() -> loaded.run(SearchTask.question(4))))
        .isEqualTo(new Answer("Person 3"));
    assertThat(sees.requests().get(0).messages().get(3).parts())
        .allSatisfy(part -> assertThat(((ToolResult) part).images()).containsExactly(PHOTO));
  }

  @Test
  void imagesAreLeftOutWhereTheLastTurnDoesNotFit() {
    Way way = Way.all().findFirst().orElseThrow();
    ScriptedModel brain =
        ScriptedModel.replying(
                request -> {
                  if (request.messages().stream()
                      .flatMap(message -> message.parts().stream())
                      .anyMatch(p -> p instanceof ToolResult r && !r.images().isEmpty())) {
                    throw new LmException.ContextWindowExceeded("too long", null);
                  }
                  return way.reply(
                      request.toText().contains("Photo of")
                          ? call("submit", "{\"answer\": \"Person 3\"}")
                          : call("photo", "{\"query\": \"a\"}"),
                      request);
                })
            .withCapabilities(way.capabilities(true));

    AgentResult<Answer> result = run(way.context(brain));

    assertThat(result.answer()).contains(new Answer("Person 3"));
    assertThat(brain.requests().get(brain.calls() - 1).toText())
        .contains("Photo of a\n[1 image left out here]");
    assertThat(result.trajectory().turns().get(0).results().get(0).images()).containsExactly(PHOTO);
  }

  @Test
  void whatAModelSignedGoesBackUnchangedInTheSameRunOnly() {
    Thinking first = MessagePart.thinking("Look first.", "sig-1");
    Thinking second = MessagePart.thinking("That is it.", "sig-2");
    List<LmResponse> replies =
        new ArrayList<>(
            List.of(
                reply(first, MessagePart.toolCall("a", "photo", "{\"query\": \"a\"}")),
                reply(second, MessagePart.toolCall("b", "submit", "{\"score\": 1}")),
                reply(second, MessagePart.toolCall("c", "submit", "{\"answer\": \"P\"}"))));
    Way way = Way.all().findFirst().orElseThrow();
    ScriptedModel brain =
        ScriptedModel.replying(request -> replies.remove(0))
            .withCapabilities(way.capabilities(false));

    AgentResult<Answer> result = run(way.context(brain));

    LmRequest last = brain.requests().get(brain.calls() - 1);
    assertThat(last.messages().get(2).parts())
        .containsExactly(first, MessagePart.toolCall("a", "photo", "{\"query\":\"a\"}"));
    assertThat(result.trajectory().turns().get(0).thinking()).containsExactly(first);
    Demo demo = result.work().toDemo().orElseThrow();
    assertThat(demo.inputs().toString() + demo.outputs()).doesNotContain("sig-");
  }

  private static LmResponse reply(Thinking thinking, ToolCall call) {
    return LmResponse.builder().parts(List.of(thinking, call)).build();
  }
}
