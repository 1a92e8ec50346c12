package dev.hone.modelserver.wire;

import dev.hone.json.Json;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.LmUsage;
import dev.hone.lm.ResponseFormat;
import dev.hone.lm.ToolSpec;
import dev.hone.modelserver.wire.WireAnswer.StreamEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Anthropic's messages. */
public final class AnthropicMessages implements WireFormat {
  /** The protocol, which has no state. */
  public AnthropicMessages() {}

  @Override
  public LmRequest request(ObjectNode body) {
    if (!body.path("max_tokens").isNumber()) {
      throw new IllegalArgumentException("max_tokens: Field required");
    }
    List<ToolSpec> tools = tools(body.path("tools"));
    return LmRequest.builder()
        .messages(AnthropicContent.messages(body))
        .options(options(body))
        .format(format(body))
        .tools(tools)
        .requiredTool(required(body.path("tool_choice"), tools))
        .build();
  }

  private static LmOptions options(ObjectNode body) {
    List<String> stop = new ArrayList<>();
    body.path("stop_sequences").forEach(item -> stop.add(item.asString("")));
    return LmOptions.builder()
        .temperature(ChatCompletions.decimal(body.path("temperature")))
        .maxTokens(Integer.valueOf(body.path("max_tokens").asInt()))
        .topP(ChatCompletions.decimal(body.path("top_p")))
        .stop(stop)
        .build();
  }

  private static ResponseFormat format(ObjectNode body) {
    JsonNode format =
        body.has("output_format")
            ? body.path("output_format")
            : body.path("output_config").path("format");
    return format.path("schema") instanceof ObjectNode schema
        ? ResponseFormat.jsonSchema("schema", schema)
        : ResponseFormat.TEXT;
  }

  private static List<ToolSpec> tools(JsonNode array) {
    List<ToolSpec> tools = new ArrayList<>();
    for (JsonNode tool : array) {
      if (!(tool.path("input_schema") instanceof ObjectNode schema)) {
        throw new IllegalArgumentException(
            "tools.%d.input_schema: Field required".formatted(tools.size()));
      }
      String name = tool.path("name").asString("");
      tools.add(ToolSpec.of(name, tool.path("description").asString(""), schema));
    }
    return tools;
  }

  private static @Nullable String required(JsonNode choice, List<ToolSpec> tools) {
    return switch (choice.path("type").asString("auto")) {
      case "tool" -> choice.path("name").asString("");
      case "any" -> tools.size() == 1 ? tools.get(0).name() : null;
      default -> null;
    };
  }

  @Override
  public ObjectNode reply(ObjectNode asked, LmResponse reply) {
    ObjectNode body = head(asked);
    body.set("content", AnthropicContent.of(reply));
    body.put("stop_reason", stopReason(reply.stopReason()));
    body.set("usage", usage(reply.usage(), reply.usage().completionTokens()));
    return body;
  }

  /** A message that has no content yet. */
  static ObjectNode head(ObjectNode asked) {
    ObjectNode body =
        Json.object()
            .put("id", "msg_stub")
            .put("type", "message")
            .put("role", "assistant")
            .put("model", asked.path("model").asString(""));
    body.putArray("content");
    return body.putNull("stop_reason").putNull("stop_sequence");
  }

  /** Input tokens are those that were not read from the provider's cache. */
  static ObjectNode usage(LmUsage used, long outputTokens) {
    return Json.object()
        .put("input_tokens", used.promptTokens() - used.cachedPromptTokens())
        .put("cache_creation_input_tokens", 0)
        .put("cache_read_input_tokens", used.cachedPromptTokens())
        .put("output_tokens", outputTokens);
  }

  static String stopReason(StopReason reason) {
    return switch (reason) {
      case STOP, OTHER -> "end_turn";
      case LENGTH -> "max_tokens";
      case CONTENT_FILTER -> "refusal";
      case TOOL_CALLS -> "tool_use";
    };
  }

  @Override
  public List<StreamEvent> stream(ObjectNode asked, LmResponse reply, int pieceLength) {
    return new AnthropicStream(asked, pieceLength).events(reply);
  }

  @Override
  public WireAnswer error(WireError error, String message) {
    ObjectNode body = Json.object().put("type", "error");
    body.putObject("error").put("type", error.anthropicType).put("message", message);
    body.put("request_id", "req_stub");
    return WireAnswer.of(error.anthropicStatus, Json.write(body));
  }
}
