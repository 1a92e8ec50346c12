package dev.hone.modelserver.wire;

import dev.hone.json.Json;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.lm.ResponseFormat;
import dev.hone.lm.ToolSpec;
import dev.hone.modelserver.wire.WireAnswer.StreamEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's chat completions. */
public final class ChatCompletions implements WireFormat {
  /** The protocol, which has no state. */
  public ChatCompletions() {}

  @Override
  public LmRequest request(ObjectNode body) {
    List<LmMessage> messages = ChatMessages.of(body.path("messages"));
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("messages is empty or missing");
    }
    ChatTools.requirePairs(body.path("messages"));
    List<ToolSpec> tools = ChatTools.of(body.path("tools"));
    return LmRequest.builder()
        .messages(messages)
        .options(options(body))
        .format(format(body.path("response_format")))
        .tools(tools)
        .requiredTool(ChatTools.required(body.path("tool_choice"), tools))
        .build();
  }

  private static LmOptions options(ObjectNode body) {
    JsonNode newer = body.path("max_completion_tokens");
    JsonNode maxTokens = newer.isNumber() ? newer : body.path("max_tokens");
    List<String> stop = new ArrayList<>();
    if (body.path("stop").isString()) {
      stop.add(body.path("stop").asString());
    }
    body.path("stop").forEach(item -> stop.add(item.asString()));
    return LmOptions.builder()
        .temperature(decimal(body.path("temperature")))
        .maxTokens(maxTokens.isNumber() ? Integer.valueOf(maxTokens.asInt()) : null)
        .topP(decimal(body.path("top_p")))
        .stop(stop)
        .build();
  }

  static @Nullable Double decimal(JsonNode node) {
    return node.isNumber() ? Double.valueOf(node.asDouble()) : null;
  }

  private static ResponseFormat format(JsonNode format) {
    JsonNode schema = format.path("json_schema").path("schema");
    if (!(schema instanceof ObjectNode object)) {
      return ResponseFormat.TEXT;
    }
    return ResponseFormat.jsonSchema(
        format.path("json_schema").path("name").asString("schema"), object);
  }

  @Override
  public ObjectNode reply(ObjectNode asked, LmResponse reply) {
    ObjectNode body = head("chat.completion", asked);
    ObjectNode choice = body.putArray("choices").addObject();
    choice.put("index", 0);
    choice.set("message", ChatMessages.of(reply));
    choice.put("finish_reason", stopReason(reply.stopReason()));
    if (reply.usage().known()) {
      body.set("usage", usage(reply.usage()));
    }
    return body;
  }

  /** What every body, and every event of a stream, begins with. */
  static ObjectNode head(String kind, ObjectNode asked) {
    return Json.object()
        .put("id", "chatcmpl-stub")
        .put("object", kind)
        .put("created", 1_767_225_600L)
        .put("model", asked.path("model").asString(""));
  }

  static ObjectNode usage(LmUsage used) {
    ObjectNode usage = Json.object();
    usage.put("prompt_tokens", used.promptTokens());
    usage.put("completion_tokens", used.completionTokens());
    usage.put("total_tokens", used.totalTokens());
    usage.putObject("prompt_tokens_details").put("cached_tokens", used.cachedPromptTokens());
    return usage;
  }

  @Override
  public List<StreamEvent> stream(ObjectNode asked, LmResponse reply, int pieceLength) {
    return new ChatStream(asked, pieceLength).events(reply);
  }

  @Override
  public WireAnswer error(WireError error, String message) {
    return openAiError(error, message);
  }

  /** An error in the words of all of OpenAI's protocols. */
  static WireAnswer openAiError(WireError error, String message) {
    ObjectNode body = Json.object();
    body.putObject("error")
        .put("message", message)
        .put("type", error.openAiCode)
        .put("code", error.openAiCode);
    return WireAnswer.of(error.openAiStatus, Json.write(body));
  }

  static String stopReason(LmResponse.StopReason reason) {
    return switch (reason) {
      case STOP -> "stop";
      case LENGTH -> "length";
      case CONTENT_FILTER -> "content_filter";
      case TOOL_CALLS -> "tool_calls";
      case OTHER -> "other";
    };
  }
}
