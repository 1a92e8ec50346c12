package dev.hone.testkit;

import dev.hone.json.Json;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ResponseFormat;
import dev.hone.lm.ToolSpec;
import dev.hone.testkit.OpenAiStubServer.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The chat-completions protocol, seen from the server: requests into Hone's, replies out of them.
 */
final class OpenAiProtocol {
  private OpenAiProtocol() {}

  static LmRequest request(ObjectNode body) {
    List<LmMessage> messages = OpenAiMessages.of(body.path("messages"));
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("messages is empty or missing");
    }
    OpenAiTools.requirePairs(body.path("messages"));
    List<ToolSpec> tools = OpenAiTools.of(body.path("tools"));
    return LmRequest.builder()
        .messages(messages)
        .options(options(body))
        .format(format(body.path("response_format")))
        .tools(tools)
        .requiredTool(OpenAiTools.required(body.path("tool_choice"), tools))
        .build();
  }

  private static LmOptions options(ObjectNode body) {
    JsonNode maxTokens =
        body.has("max_completion_tokens")
            ? body.path("max_completion_tokens")
            : body.path("max_tokens");
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

  private static @Nullable Double decimal(JsonNode node) {
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

  static ObjectNode response(String model, LmResponse reply) {
    ObjectNode body = Json.object();
    body.put("id", "chatcmpl-stub");
    body.put("object", "chat.completion");
    body.put("created", 1_767_225_600L);
    body.put("model", model);
    ObjectNode choice = body.putArray("choices").addObject();
    choice.put("index", 0);
    choice.set("message", OpenAiMessages.of(reply));
    choice.put("finish_reason", stopReason(reply.stopReason()));
    if (reply.usage().known()) {
      ObjectNode usage = body.putObject("usage");
      usage.put("prompt_tokens", reply.usage().promptTokens());
      usage.put("completion_tokens", reply.usage().completionTokens());
      usage.put("total_tokens", reply.usage().totalTokens());
      usage
          .putObject("prompt_tokens_details")
          .put("cached_tokens", reply.usage().cachedPromptTokens());
    }
    return body;
  }

  private static String stopReason(LmResponse.StopReason reason) {
    return switch (reason) {
      case STOP -> "stop";
      case LENGTH -> "length";
      case CONTENT_FILTER -> "content_filter";
      case TOOL_CALLS -> "tool_calls";
      case OTHER -> "other";
    };
  }

  static Answer error(LmException error) {
    String message = String.valueOf(error.getMessage());
    if (error instanceof LmException.RateLimited) {
      return withRetryAfter(error, Answer.error(429, "rate_limit_exceeded", message));
    } else if (error instanceof LmException.Unavailable) {
      return withRetryAfter(error, Answer.error(503, "server_error", message));
    } else if (error instanceof LmException.TimedOut) {
      return Answer.error(408, "timeout", message);
    } else if (error instanceof LmException.PaymentRequired) {
      return Answer.error(402, "insufficient_quota", message);
    } else if (error instanceof LmException.Unauthorized) {
      return Answer.error(401, "invalid_api_key", message);
    } else if (error instanceof LmException.ContextWindowExceeded) {
      return Answer.error(400, "context_length_exceeded", message);
    } else if (error instanceof LmException.ContentRefused) {
      return Answer.error(400, "content_filter", message);
    } else if (error instanceof LmException.InvalidRequest) {
      return Answer.error(400, "invalid_request", message);
    }
    return Answer.error(500, "server_error", message);
  }

  private static Answer withRetryAfter(LmException error, Answer answer) {
    return error instanceof LmException.Retriable retriable && retriable.retryAfter().isPresent()
        ? new Answer(
            answer.status(),
            Map.of("Retry-After", seconds(retriable.retryAfter().get())),
            answer.body())
        : answer;
  }

  private static String seconds(Duration duration) {
    return Long.toString((duration.toMillis() + 999) / 1_000);
  }

  static ObjectNode errorBody(String code, String message) {
    ObjectNode body = Json.object();
    body.putObject("error").put("message", message).put("type", code).put("code", code);
    return body;
  }
}
