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
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's responses, each with the whole conversation: the server keeps none. */
public final class Responses implements WireFormat {
  /** The protocol, which has no state. */
  public Responses() {}

  @Override
  public LmRequest request(ObjectNode body) {
    if (body.path("previous_response_id").isString()) {
      throw new IllegalArgumentException(
          "'previous_response_id' is set, but this server keeps no conversations");
    }
    ArrayNode messages = ResponsesItems.messages(body);
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("input is empty or missing");
    }
    ChatTools.requirePairs(messages);
    List<ToolSpec> tools = ChatTools.of(ResponsesItems.tools(body.path("tools")));
    JsonNode choice = body.path("tool_choice");
    return LmRequest.builder()
        .messages(ChatMessages.of(messages))
        .options(options(body))
        .format(format(body.path("text").path("format")))
        .tools(tools)
        .requiredTool(
            choice.isObject()
                ? choice.path("name").asString("")
                : ChatTools.required(choice, tools))
        .build();
  }

  private static LmOptions options(ObjectNode body) {
    JsonNode maxTokens = body.path("max_output_tokens");
    return LmOptions.builder()
        .temperature(ChatCompletions.decimal(body.path("temperature")))
        .maxTokens(maxTokens.isNumber() ? Integer.valueOf(maxTokens.asInt()) : null)
        .topP(ChatCompletions.decimal(body.path("top_p")))
        .build();
  }

  private static ResponseFormat format(JsonNode format) {
    return format.path("schema") instanceof ObjectNode schema
        ? ResponseFormat.jsonSchema(format.path("name").asString("schema"), schema)
        : ResponseFormat.TEXT;
  }

  @Override
  public ObjectNode reply(ObjectNode asked, LmResponse reply) {
    ObjectNode body = head(asked, status(reply.stopReason()));
    if (reply.stopReason() == StopReason.LENGTH) {
      body.putObject("incomplete_details").put("reason", "max_output_tokens");
    } else if (reply.stopReason() == StopReason.CONTENT_FILTER) {
      body.putObject("incomplete_details").put("reason", "content_filter");
    }
    body.set("output", ResponsesItems.output(reply));
    if (reply.usage().known()) {
      body.set("usage", usage(reply.usage()));
    }
    return body;
  }

  /** A response that has no output yet. */
  static ObjectNode head(ObjectNode asked, String status) {
    ObjectNode body =
        Json.object()
            .put("id", "resp_stub")
            .put("object", "response")
            .put("created_at", 1_767_225_600L)
            .put("status", status)
            .put("model", asked.path("model").asString(""))
            .putNull("error")
            .putNull("incomplete_details")
            .put("parallel_tool_calls", true)
            .put("tool_choice", "auto");
    body.putArray("tools");
    body.putObject("metadata");
    body.putArray("output");
    return body;
  }

  private static String status(StopReason reason) {
    return reason == StopReason.LENGTH || reason == StopReason.CONTENT_FILTER
        ? "incomplete"
        : "completed";
  }

  private static ObjectNode usage(LmUsage used) {
    ObjectNode usage = Json.object().put("input_tokens", used.promptTokens());
    usage.putObject("input_tokens_details").put("cached_tokens", used.cachedPromptTokens());
    usage.put("output_tokens", used.completionTokens());
    usage.putObject("output_tokens_details").put("reasoning_tokens", 0);
    return usage.put("total_tokens", used.totalTokens());
  }

  @Override
  public List<StreamEvent> stream(ObjectNode asked, LmResponse reply, int pieceLength) {
    return new ResponsesStream(asked, pieceLength).events(reply(asked, reply));
  }

  @Override
  public WireAnswer error(WireError error, String message) {
    return ChatCompletions.openAiError(error, message);
  }
}
