package dev.hone.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmMessage.Role;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.Image;
import dev.hone.lm.MessagePart.Thinking;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.lm.MessagePart.ToolResult;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Prompt;
import dev.hone.prompt.Trajectory;
import dev.hone.prompt.Trajectory.Turn;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Images that tools returned, and thoughts that providers signed, in the turns of an agent. */
class ResultImagesTest {
  private static final Image CAT = MessagePart.image(new byte[] {1, 2, 3}, "image/png");
  private static final Image DOG = MessagePart.image(URI.create("https://h/dog.png"));
  private static final ToolCall FIRST = MessagePart.toolCall("a", "search", "{\"query\":\"x\"}");
  private static final ToolCall SECOND = MessagePart.toolCall("b", "search", "{\"query\":\"y\"}");
  private static final List<MessagePart> PICTURES =
      List.of(MessagePart.text("a cat"), CAT, MessagePart.text("and"), DOG);
  private static final Thinking SIGNED = MessagePart.thinking("Let me look.", "sig-1");
  private static final Turn TURN =
      new Turn(
          "Let me look.",
          List.of(FIRST, SECOND),
          List.of(
              MessagePart.toolResult("a", "search", PICTURES, false),
              MessagePart.toolResult("b", "search", List.of(CAT), false)),
          List.of(SIGNED));
  private static final Trajectory DONE = Trajectory.empty().plus(TURN);

  static Stream<Adapter> adapters() {
    return Stream.of(
        Adapter.chat(),
        Adapter.json(),
        Adapter.xml(),
        Adapter.functions(),
        Adapter.twoStep(dev.hone.lm.FakeModel.saying(""), Adapter.xml()));
  }

  private static LmRequest render(Adapter adapter, Prompt prompt, boolean tools, boolean images) {
    return adapter.render(
        prompt,
        LmOptions.defaults(),
        Capabilities.builder().toolCalls(tools).images(images).build());
  }

  @Test
  void trajectoriesKeepImagesAndSignedThoughtsAsJson() {
    assertThat(Trajectory.ofJson(Json.parse(Json.write(DONE.toJson())))).isEqualTo(DONE);
    assertThat(DONE.withoutThinking()).isNotEqualTo(DONE);
    assertThat(TURN.results().get(0).text()).isEqualTo("a cat\nand");
    assertThat(TURN.results().get(0).images()).containsExactly(CAT, DOG);
  }

  @Test
  void aResultOfOneTextIsTheSameByItsTextAndByItsParts() {
    ToolResult text = MessagePart.toolResult("a", "t", "x", false);

    assertThat(MessagePart.toolResult("a", "t", List.of(MessagePart.text("x")), false))
        .isEqualTo(text);
    assertThat(MessagePart.toolResult("a", "t", List.of(), true))
        .isEqualTo(MessagePart.toolResult("a", "t", "", true));
    assertThat(MessagePart.toolResult("a", "t", PICTURES, false)).isNotEqualTo(text);
    assertThat(Trajectory.empty().plus(new Turn("", List.of(FIRST), List.of(text))).toJson())
        .hasToString(
            "[{\"thought\":\"\",\"calls\":[{\"id\":\"a\",\"tool\":\"search\",\"arguments\":"
                + "{\"query\":\"x\"}}],\"results\":[{\"id\":\"a\",\"tool\":\"t\",\"text\":\"x\","
                + "\"error\":false}]}]");
  }

  @ParameterizedTest
  @MethodSource("adapters")
  void imagesStandInTheResultsOfToolMessages(Adapter adapter) {
    List<LmMessage> messages = render(adapter, ToolTask.prompt(DONE), true, true).messages();
    LmMessage last = messages.get(messages.size() - 1);

    assertThat(last.role()).isEqualTo(Role.TOOL);
    assertThat(((ToolResult) last.parts().get(0)).content()).isEqualTo(PICTURES);
    assertThat(((ToolResult) last.parts().get(1)).content()).containsExactly(CAT);
  }

  @ParameterizedTest
  @MethodSource("adapters")
  void inWordsImagesFollowTheResultsByTheirNumbers(Adapter adapter) {
    List<LmMessage> messages = render(adapter, ToolTask.prompt(DONE), false, true).messages();
    LmMessage last = messages.get(messages.size() - 1);

    assertThat(last.role()).isEqualTo(Role.USER);
    assertThat(last.parts().stream().filter(Image.class::isInstance))
        .containsExactly(CAT, DOG, CAT);
    assertThat(last.text()).contains("a cat\\n[image 1]\\nand\\n[image 2]", "[image 3]");
    assertThat(last.parts().get(0).toString()).endsWith("[image 1]:\n");
    assertThat(last.parts().get(2).toString()).isEqualTo("\n\n[image 2]:\n");
    assertThat(last.parts().get(last.parts().size() - 1).toString().strip()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("adapters")
  void aModelThatTakesNoImagesIsToldOfThem(Adapter adapter) {
    for (boolean tools : new boolean[] {true, false}) {
      LmRequest request = render(adapter, ToolTask.prompt(DONE), tools, false);

      assertThat(request.messages())
          .allSatisfy(message -> assertThat(message.parts()).noneMatch(Image.class::isInstance));
      String text = request.toText();
      assertThat(text).contains("a cat").containsPattern("you cannot see|You cannot see");
      assertThat(text).doesNotContain("image/png", "https://h/dog.png");
    }
  }

  @ParameterizedTest
  @MethodSource("adapters")
  void demosOfRunsShowTheirImagesButNotTheThoughtsOfOtherRuns(Adapter adapter) {
    Demo plain = ToolTask.demo();
    Demo demo =
        new Demo(ToolTask.input("Who wrote the Iliad?", DONE), plain.outputs(), plain.origin(), "");
    Prompt prompt = ToolTask.prompt(Trajectory.empty(), demo);

    for (boolean tools : new boolean[] {true, false}) {
      LmRequest request = render(adapter, prompt, tools, true);
      List<MessagePart> parts =
          request.messages().stream().flatMap(m -> m.parts().stream()).toList();

      assertThat(request.toText()).contains("[image image/png, 3 bytes]", "Let me look.");
      assertThat(parts).noneMatch(Thinking.class::isInstance);
    }
  }

  @ParameterizedTest
  @MethodSource("adapters")
  void signedThoughtsGoBackBeforeTheCallsAndNeverInWords(Adapter adapter) {
    List<LmMessage> messages = render(adapter, ToolTask.prompt(DONE), true, true).messages();

    assertThat(messages.get(2).parts()).containsExactly(SIGNED, FIRST, SECOND);
    assertThat(render(adapter, ToolTask.prompt(DONE), false, true).messages())
        .allSatisfy(m -> assertThat(m.parts()).noneMatch(Thinking.class::isInstance))
        .noneMatch(m -> m.text().contains("sig-1"));
  }

  @ParameterizedTest
  @MethodSource("adapters")
  void theThoughtsOfAReplyAreKeptWithItsCalls(Adapter adapter) {
    LmResponse reply =
        LmResponse.builder()
            .parts(List.of(SIGNED, MessagePart.text("I search."), FIRST, SECOND))
            .build();
    Prompt prompt = ToolTask.prompt(Trajectory.empty()).withCallsByParts(true);

    var calls = adapter.parse(prompt, reply).path("calls");
    assertThat(Trajectory.thinking(calls)).containsExactly(SIGNED);
    assertThat(Trajectory.call(calls.path(0))).isEqualTo(FIRST);
    assertThat(
            Trajectory.withoutThinking(
                    prompt.signature().outputFields(), adapter.parse(prompt, reply))
                .toString())
        .doesNotContain("sig-1", "thinking");
  }

  @Test
  void anUnsignedThoughtIsAlsoSaidSinceAProviderMayDropIt() {
    Turn turn =
        new Turn(
            "Hm.",
            List.of(FIRST),
            List.of(MessagePart.toolResult("a", "search", "x", false)),
            List.of(MessagePart.thinking("Hm.", null)));

    LmRequest request =
        render(Adapter.chat(), ToolTask.prompt(Trajectory.empty().plus(turn)), true, false);
    assertThat(request.messages().get(2).parts())
        .containsExactly(MessagePart.thinking("Hm.", null), MessagePart.text("Hm."), FIRST);
  }
}
