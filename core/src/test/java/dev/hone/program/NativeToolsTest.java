package dev.hone.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.adapter.Adapter;
import dev.hone.context.Context;
import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmMessage.Role;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.lm.MessagePart.ToolResult;
import dev.hone.lm.ToolSpec;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import dev.hone.prompt.AgentStep;
import dev.hone.prompt.Prompt;
import dev.hone.prompt.Trajectory;
import dev.hone.prompt.Trajectory.Turn;
import dev.hone.signature.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class NativeToolsTest {
  private static final Signature<ObjectNode, ObjectNode> STEP = AgentStep.signature("Answer.");
  private static final Predict<ObjectNode, ObjectNode> PREDICT =
      Predict.of(STEP)
          .withTools(List.of(ToolSpec.of("search", "", Json.object().put("type", "object"))));
  private static final String IN_WORDS =
      "[[ ## thought ## ]]\nLook.\n\n[[ ## calls ## ]]\n"
          + "[{\"tool\": \"search\", \"arguments\": {}}]\n\n[[ ## completed ## ]]";

  private final List<LmRequest> requests = new ArrayList<>();

  private Context context(Function<LmRequest, LmResponse> script) {
    LanguageModel model =
        new LanguageModel() {
          @Override
          public LmResponse call(LmRequest request) {
            requests.add(request);
            return script.apply(request);
          }

          @Override
          public String id() {
            return "tools:model";
          }

          @Override
          public Capabilities capabilities() {
            return Capabilities.builder().toolCalls(true).build();
          }
        };
    return Context.builder()
        .lm(LmPipeline.builder(model).retry(RetrySettings.none()).build())
        .build();
  }

  private static ObjectNode input() {
    Trajectory done =
        Trajectory.empty()
            .plus(
                new Turn(
                    "",
                    List.of(MessagePart.toolCall("a", "search", "{}")),
                    List.of(MessagePart.toolResult("a", "search", "nothing", false))));
    ObjectNode input = Json.object().put("question", "Who?");
    input.set("trajectory", done.toJson());
    return input;
  }

  private static LmResponse parts(StopReason stop, MessagePart... parts) {
    return LmResponse.builder().parts(List.of(parts)).stopReason(stop).build();
  }

  private static LmResponse call() {
    return parts(StopReason.TOOL_CALLS, MessagePart.toolCall("b", "search", "{\"q\":1}"));
  }

  private static LmResponse text(String text) {
    return LmResponse.builder().text(text).build();
  }

  /** As OpenAI and Anthropic want it: results follow their calls at once, and each call has one. */
  private static void assertPaired(LmRequest request) {
    List<LmMessage> messages = request.messages();
    for (int i = 0; i < messages.size(); i++) {
      List<String> calls =
          messages.get(i).parts().stream()
              .filter(ToolCall.class::isInstance)
              .map(part -> ((ToolCall) part).id())
              .toList();
      List<String> results =
          i + 1 == messages.size()
              ? List.of()
              : messages.get(i + 1).parts().stream()
                  .filter(ToolResult.class::isInstance)
                  .map(part -> ((ToolResult) part).callId())
                  .toList();
      assertThat(results).isEqualTo(calls);
      assertThat(messages.get(i).isPlainText() && messages.get(i).text().isBlank()).isFalse();
    }
  }

  @Test
  void toolsGoIntoTheRequestAndCallsComeBackAsParts() {
    ObjectNode output = context(request -> call()).call(() -> PREDICT.run(input()));

    assertThat(output.path("calls").path(0).path("id").asString()).isEqualTo("b");
    assertThat(requests).hasSize(1);
    assertThat(requests.get(0).tools()).hasSize(1);
    assertPaired(requests.get(0));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aReplyCutOffInACallIsAskedForAgainWithPairsThatAreWhole(boolean withText) {
    LmResponse cut =
        withText
            ? parts(
                StopReason.LENGTH,
                MessagePart.text("Hm."),
                MessagePart.toolCall("c", "search", "{\"q\":"))
            : parts(StopReason.LENGTH, MessagePart.toolCall("c", "search", "{\"q\":"));

    ObjectNode output =
        context(request -> requests.size() == 1 ? cut : call()).call(() -> PREDICT.run(input()));

    assertThat(output.path("calls")).hasSize(1);
    assertThat(requests).hasSize(2);
    assertThat(requests.get(1).tools()).hasSize(1);
    assertPaired(requests.get(1));
    LmMessage last = requests.get(1).messages().get(requests.get(1).messages().size() - 1);
    assertThat(last.role()).isEqualTo(Role.USER);
    assertThat(last.text()).contains("ends within its tool calls").endsWith("Call a tool.");
  }

  @Test
  void theLastRungAsksInWords() {
    ObjectNode output =
        context(
                request ->
                    request.tools().isEmpty()
                        ? text("{\"thought\": \"Hm.\", \"calls\": [{\"tool\": \"search\"}]}")
                        : parts(StopReason.LENGTH, MessagePart.toolCall("c", "search", "{")))
            .call(() -> PREDICT.run(input()));

    assertThat(requests).hasSize(3);
    assertThat(requests.get(2).messages().get(0).text()).contains("- `search` {}");
    assertThat(output.path("calls")).hasSize(1);
  }

  @Test
  void wordsWithoutACallAreAThought() {
    ObjectNode output = context(request -> text("It is Joyce.")).call(() -> PREDICT.run(input()));

    assertThat(Json.write(output)).isEqualTo("{\"thought\":\"It is Joyce.\",\"calls\":[]}");
    assertThat(requests).hasSize(1);
  }

  @Test
  void whatAModelThinksBesideItsCallsIsItsThought() {
    LmResponse reply =
        parts(
            StopReason.TOOL_CALLS,
            MessagePart.thinking("I should look.", null),
            MessagePart.toolCall("b", "search", "{}"));

    ObjectNode output = context(request -> reply).call(() -> PREDICT.run(input()));

    assertThat(output.path("thought").asString()).isEqualTo("I should look.");
  }

  @Test
  void aModelThatTakesNoToolsIsAskedInWordsAndThatIsRemembered() {
    Context context =
        context(
            request -> {
              if (!request.tools().isEmpty()) {
                throw new LmException.InvalidRequest(
                    "400: registry/tiny does not support tools", null);
              }
              return text(IN_WORDS);
            });

    ObjectNode first = context.call(() -> PREDICT.run(input()));
    ObjectNode second = context.call(() -> PREDICT.run(input().put("question", "Again?")));

    assertThat(first.path("calls")).hasSize(1);
    assertThat(second.path("calls")).hasSize(1);
    assertThat(requests.stream().map(request -> request.tools().size())).containsExactly(1, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"500: tools param requires --jinja flag", "500: Unsupported param: tools"})
  void aServerThatFailsAtToolsIsAskedInWords(String message) {
    Context context =
        context(
            request -> {
              if (!request.tools().isEmpty()) {
                throw new LmException.Unavailable(message, null, null);
              }
              return text(IN_WORDS);
            });

    assertThat(context.call(() -> PREDICT.run(input())).path("calls")).hasSize(1);
    assertThat(requests.get(requests.size() - 1).tools()).isEmpty();
  }

  @Test
  void aServerThatIsDownIsNotAskedInWords() {
    Context context =
        context(
            request -> {
              throw new LmException.Unavailable("503: overloaded", null, null);
            });

    assertThatThrownBy(() -> context.call(() -> PREDICT.run(input())))
        .isInstanceOf(LmException.Unavailable.class);
    assertThat(requests).hasSize(1);
  }

  @Test
  void aRequestThatIsRefusedInWordsTooIsNotRememberedAsOneOfTools() {
    Context context =
        context(
            request -> {
              if (requests.size() <= 2) {
                throw new LmException.InvalidRequest("400: bad question", null);
              }
              return call();
            });

    assertThatThrownBy(() -> context.call(() -> PREDICT.run(input())))
        .isInstanceOf(LmException.InvalidRequest.class)
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(context.call(() -> PREDICT.run(input())).path("calls")).hasSize(1);
    assertThat(requests.get(2).tools()).hasSize(1);
  }

  @Test
  void aToolThatMustBeCalledIsRequiredInTheRequest() {
    Context context = CallGuidance.requireTool(context(request -> call()), "search");

    context.call(() -> PREDICT.run(input()));

    assertThat(requests.get(0).requiredTool()).contains("search");
  }

  @Test
  void aToolThatMustBeCalledIsNamedInWords() {
    LmRequest request =
        Adapter.chat()
            .render(
                Prompt.of(STEP, "Answer.", List.of(), input())
                    .withTools(PREDICT.tools())
                    .withRequiredTool("search"),
                LmOptions.defaults(),
                Capabilities.TEXT);

    assertThat(request.messages().get(request.messages().size() - 1).text())
        .contains("Call the tool `search` now. Answer with the sections");
  }
}
