package dev.hone.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.json.Json;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.MessagePart;
import dev.hone.lm.ToolSpec;
import dev.hone.testkit.OpenAiStubServer;
import dev.hone.testkit.ScriptedModel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tools over the wire, with a server that is as strict about pairs of calls and results. */
class ToolCallsTest {
  private static final ToolSpec SEARCH =
      ToolSpec.of(
          "search",
          "finds passages",
          (ObjectNode)
              Json.parse(
                  """
                  {"type": "object", "properties": {
                    "query": {"type": "string", "minLength": 1, "description": "what for"},
                    "limit": {"type": ["integer", "null"], "minimum": 1}},
                   "required": ["query", "limit"], "additionalProperties": false}\
                  """));
  private static final ToolSpec FREE =
      ToolSpec.of(
          "free",
          "",
          (ObjectNode)
              Json.parse(
                  """
                  {"type": "object", "properties": {"of": {"$ref": "#/$defs/Node"}},
                   "$defs": {"Node": {"type": "object", "additionalProperties": {"type": "string"}}}}\
                  """));

  private final ScriptedModel brain =
      ScriptedModel.replying(
          request ->
              LmResponse.builder()
                  .parts(List.of(MessagePart.toolCall("c1", "search", "{\"query\":\"a\"}")))
                  .stopReason(LmResponse.StopReason.TOOL_CALLS)
                  .modelId("tiny")
                  .build());
  private final OpenAiStubServer server = new OpenAiStubServer(brain);
  private final LangChain4jModel model =
      OpenAiModels.openAiCompatible("tiny", server.baseUrl(), null);

  @AfterEach
  void close() {
    server.close();
  }

  private static LmRequest request(LmMessage... messages) {
    return LmRequest.builder().messages(List.of(messages)).tools(List.of(SEARCH, FREE)).build();
  }

  @Test
  void sendsToolsWithTheirSchemasAndReadsCalls() {
    LmResponse reply = model.call(request(LmMessage.user("Look!")));

    assertThat(brain.requests().get(0).tools()).isEqualTo(List.of(SEARCH, FREE));
    assertThat(server.bodies().get(0).has("tool_choice")).isFalse();
    assertThat(server.bodies().get(0).path("tools").path(0).path("function").has("strict"))
        .isFalse();
    assertThat(reply.parts())
        .containsExactly(MessagePart.toolCall("c1", "search", "{\"query\":\"a\"}"));
    assertThat(reply.stopReason()).isEqualTo(LmResponse.StopReason.TOOL_CALLS);
  }

  @Test
  void bindsCallsOfOpenAisModelsToTheSchemasThatStrictModeTakes() {
    OpenAiModels.openAi("gpt-x", "sk-secret-123456", server.baseUrl())
        .call(request(LmMessage.user("Look!")));
    JsonNode tools = server.bodies().get(0).path("tools");

    assertThat(tools.path(0).path("function").path("strict").asBoolean(false)).isTrue();
    assertThat(tools.path(0).toString()).doesNotContain("minLength").contains("minimum");
    assertThat(tools.path(1).path("function").path("strict").asBoolean(false)).isFalse();
  }

  @Test
  void requiresACallOfATool() {
    model.call(request(LmMessage.user("Look!")).toBuilder().requiredTool("search").build());

    assertThat(server.bodies().get(0).path("tool_choice").asString()).isEqualTo("required");
    assertThat(brain.requests().get(0).tools()).containsExactly(SEARCH);
    assertThat(brain.requests().get(0).requiredTool()).contains("search");
  }

  private static LmMessage calls(String... ids) {
    return LmMessage.assistant(
        java.util.Arrays.stream(ids)
            .map(id -> MessagePart.toolCall(id, "search", "{}"))
            .toArray(MessagePart[]::new));
  }

  private static LmMessage results(String... idsAndTexts) {
    MessagePart[] parts = new MessagePart[idsAndTexts.length / 2];
    for (int i = 0; i < parts.length; i++) {
      parts[i] =
          MessagePart.toolResult(idsAndTexts[2 * i], "search", idsAndTexts[2 * i + 1], false);
    }
    return LmMessage.of(LmMessage.Role.TOOL, List.of(parts));
  }

  private List<Map<String, String>> sent() {
    List<Map<String, String>> turns = new java.util.ArrayList<>();
    for (LmMessage message : brain.requests().get(0).messages()) {
      Map<String, String> turn = new java.util.LinkedHashMap<>();
      for (MessagePart part : message.parts()) {
        if (part instanceof MessagePart.ToolCall call) {
          turn.put(call.id(), call.name());
        } else if (part instanceof MessagePart.ToolResult result) {
          turn.put(result.callId(), result.text());
        }
      }
      if (!turn.isEmpty()) {
        turns.add(turn);
      }
    }
    return turns;
  }

  @Test
  void givesCallsIdsThatPairWithTheirResultsWhateverTheModelGave() {
    model.call(
        request(
            LmMessage.user("Look!"),
            calls("", ""),
            results("", "one", "", "two"),
            calls("x", "x"),
            results("x", "three", "x", "four"),
            calls("x", "y"),
            results("y", "five", "x", "six"),
            calls("call_1"),
            results("call_1", "seven")));

    List<Map<String, String>> sent = sent();
    assertThat(sent.stream().filter(turn -> turn.containsValue("search")).mapToInt(Map::size).sum())
        .isEqualTo(7);
    for (int i = 0; i < sent.size(); i += 2) {
      assertThat(sent.get(i + 1).keySet()).isEqualTo(sent.get(i).keySet());
    }
    assertThat(sent.stream().flatMap(turn -> turn.values().stream()).toList())
        .containsSubsequence("one", "two", "three", "four", "five", "six", "seven");
    assertThat(sent.stream().flatMap(turn -> turn.keySet().stream()).distinct()).hasSize(7);
  }

  @Test
  void theServerRefusesCallsWithoutResultsAndResultsWithoutCalls() {
    for (LmRequest bad :
        List.of(
            request(LmMessage.user("Look!"), calls("a", "b"), results("a", "one")),
            request(LmMessage.user("Look!"), calls("a"), LmMessage.user("And?")),
            request(LmMessage.user("Look!"), results("a", "one")),
            request(LmMessage.user("Look!"), calls("a"), results("b", "one")))) {
      assertThatThrownBy(() -> model.call(bad)).isInstanceOf(LmException.InvalidRequest.class);
    }
    assertThat(brain.calls()).isZero();
  }

  @Test
  void readsCallsBesideTextAndWithContentNull() {
    server.failNext(
        200,
        Map.of(),
        """
        {"choices": [{"index": 0, "finish_reason": "tool_calls", "message": {"role": "assistant",
          "content": null, "reasoning_content": "hm", "tool_calls": [
            {"id": "a", "type": "function", "function": {"name": "search", "arguments": "{}"}},
            {"id": "a", "type": "function", "function": {"name": "search", "arguments": "{\\"query"}},
            {"type": "function", "function": {"name": "other", "arguments": {"query": "b"}}}]}}]}
        """);

    LmResponse reply = model.call(request(LmMessage.user("Look!")));

    assertThat(reply.reasoning()).isEqualTo("hm");
    assertThat(reply.parts().stream().filter(MessagePart.ToolCall.class::isInstance))
        .containsExactly(
            MessagePart.toolCall("a", "search", "{}"),
            MessagePart.toolCall("a", "search", "{\"query"),
            MessagePart.toolCall("", "other", "{\"query\":\"b\"}"));
  }
}
