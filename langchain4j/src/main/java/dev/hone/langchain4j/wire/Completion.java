package dev.hone.langchain4j.wire;

import dev.hone.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A body in the plainest shape of a chat completion, which LangChain4j reads: one choice, its
 * content a text. Servers also send the content as parts or as JSON, the thinking under other
 * names, the legacy {@code text} and {@code function_call}, reasons of other protocols, and a
 * stream of events though none was asked for. What is none of these is left to {@link
 * ForeignReply}.
 */
final class Completion {
  /** As tolerant as a reader can be, so that nothing is refused that has one reading. */
  private static final JsonMapper TOLERANT =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private static final List<String> TEXTS = List.of("text", "output_text", "value", "content");
  private static final List<String> THOUGHTS =
      List.of("reasoning_content", "reasoning", "thinking", "thinking_content");

  private static final Map<String, List<String>> REASONS =
      Map.of(
          "length", List.of("max_tokens", "max_output_tokens", "model_length", "token_limit"),
          "stop", List.of("end_turn", "eos", "eos_token", "stop_sequence", "complete", "completed"),
          "content_filter",
              List.of(
                  "safety",
                  "recitation",
                  "blocklist",
                  "prohibited_content",
                  "refusal",
                  "spii",
                  "sensitive",
                  "content_filtered",
                  "guardrail_intervened"),
          "tool_calls", List.of("tool_use", "function_call", "tool_call"));

  /** How servers say that they broke a completion off, so that what there is of it is no answer. */
  private static final Set<String> BROKEN_OFF =
      Set.of(
          "error",
          "abort",
          "aborted",
          "cancelled",
          "canceled",
          "timeout",
          "insufficient_system_resource",
          "malformed_function_call");

  private Completion() {}

  /** The JSON of a body, whatever it holds; empty if it is none. */
  static Optional<JsonNode> parse(String text) {
    try {
      return Optional.of(TOLERANT.readTree(text));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** Whether a text is a stream of server-sent events. */
  static boolean isStream(String text) {
    return text.startsWith("data:") || text.startsWith("event:") || text.startsWith(":");
  }

  /** The completion in its plainest shape; empty if the body holds none, or an error. */
  static Optional<String> of(String text) {
    Optional<JsonNode> tree = isStream(text) ? CompletionEvents.joined(text) : parse(text);
    return tree.filter(body -> !isError(body.path("error")))
        .filter(body -> !isError(body.path("choices").path(0).path("error")))
        .filter(body -> !isBrokenOff(body.path("choices").path(0)))
        .flatMap(Completion::plain)
        .map(Json::write);
  }

  /** Whether the server says that it broke a choice off. */
  static boolean isBrokenOff(JsonNode choice) {
    return BROKEN_OFF.contains(choice.path("finish_reason").asString("").toLowerCase(Locale.ROOT));
  }

  static boolean isError(JsonNode error) {
    return error.isObject() || error.isString();
  }

  private static Optional<ObjectNode> plain(JsonNode body) {
    JsonNode choice = body.path("choices").path(0);
    return messageOf(choice).isObject() || choice.path("text").isString()
        ? Optional.of(shaped(body, "message", Completion::message))
        : Optional.empty();
  }

  private static JsonNode messageOf(JsonNode choice) {
    return choice.path("message").isObject() ? choice.path("message") : choice.path("delta");
  }

  /** A body with no more than what is read of it, and the choice's message under a name. */
  static ObjectNode shaped(JsonNode body, String name, Function<JsonNode, ObjectNode> message) {
    ObjectNode plain = Json.object();
    if (body.path("model").isString()) {
      plain.set("model", body.path("model"));
    }
    ArrayNode choices = plain.putArray("choices");
    JsonNode choice = body.path("choices").path(0);
    if (choice.isObject()) {
      ObjectNode first = choices.addObject().put("index", 0);
      first.set(name, message.apply(choice));
      if (choice.path("finish_reason").isString()) {
        first.put("finish_reason", reason(choice.path("finish_reason").asString()));
      }
    }
    usage(body.path("usage"), plain);
    return plain;
  }

  private static ObjectNode message(JsonNode choice) {
    JsonNode message = messageOf(choice);
    ObjectNode plain = texts(message.isObject() ? message : choice);
    toolCalls(message, plain);
    return plain;
  }

  /** What a message says, thinks and refuses; a refusal counts only in place of an answer. */
  static ObjectNode texts(JsonNode message) {
    StringBuilder content = new StringBuilder();
    StringBuilder thoughts = new StringBuilder();
    StringBuilder refusal = new StringBuilder(message.path("refusal").asString(""));
    THOUGHTS.stream()
        .filter(name -> !message.path(name).isMissingNode() && !message.path(name).isNull())
        .findFirst()
        .ifPresent(name -> thoughts.append(textOf(message.path(name))));
    JsonNode said = message.has("content") ? message.path("content") : message.path("text");
    if (said.isArray()) {
      said.forEach(part -> add(part, content, thoughts, refusal));
    } else {
      content.append(said.isObject() ? Json.write(said) : said.asString(""));
    }
    ObjectNode plain = Json.object().put("role", "assistant");
    if (said.isArray() || !said.isNull() && !said.isMissingNode()) {
      plain.put("content", content.toString());
    }
    putIfGiven(plain, "reasoning_content", thoughts);
    if (content.toString().isBlank()) {
      putIfGiven(plain, "refusal", refusal);
    }
    return plain;
  }

  private static void add(
      JsonNode part, StringBuilder content, StringBuilder thoughts, StringBuilder refusal) {
    String type = part.path("type").asString("text");
    if (type.equals("thinking") || type.equals("reasoning")) {
      thoughts.append(textOf(part.has("thinking") ? part.path("thinking") : part));
    } else if (type.equals("refusal")) {
      refusal.append(part.path("refusal").asString(""));
    } else {
      content.append(textOf(part));
    }
  }

  /** The text of a part, or of the parts in it. */
  private static String textOf(JsonNode part) {
    if (part.isArray()) {
      StringBuilder all = new StringBuilder();
      part.forEach(one -> all.append(textOf(one)));
      return all.toString();
    }
    if (part.isObject()) {
      return TEXTS.stream().filter(part::has).findFirst().map(n -> textOf(part.path(n))).orElse("");
    }
    return part.asString("");
  }

  static void putIfGiven(ObjectNode plain, String name, StringBuilder text) {
    if (!text.isEmpty()) {
      plain.put(name, text.toString());
    }
  }

  private static void toolCalls(JsonNode message, ObjectNode plain) {
    ArrayNode calls = Json.object().putArray("tool_calls");
    for (JsonNode call : message.path("tool_calls")) {
      call(call.path("id").asString(""), call.path("function"), calls);
    }
    if (message.path("function_call").isObject()) {
      call("", message.path("function_call"), calls);
    }
    if (!calls.isEmpty()) {
      plain.set("tool_calls", calls);
    }
  }

  private static void call(String id, JsonNode function, ArrayNode calls) {
    JsonNode arguments = function.path("arguments");
    ObjectNode call = calls.addObject().put("id", id).put("type", "function");
    call.putObject("function")
        .put("name", function.path("name").asString(""))
        .put("arguments", arguments.isObject() ? Json.write(arguments) : arguments.asString(""));
  }

  private static String reason(String given) {
    String folded = given.toLowerCase(Locale.ROOT);
    for (Map.Entry<String, List<String>> reason : REASONS.entrySet()) {
      if (reason.getValue().contains(folded)) {
        return reason.getKey();
      }
    }
    return folded;
  }

  private static void usage(JsonNode usage, ObjectNode plain) {
    if (!usage.isObject()) {
      return;
    }
    ObjectNode counts = plain.putObject("usage");
    count(usage, "prompt_tokens", "input_tokens", counts);
    count(usage, "completion_tokens", "output_tokens", counts);
    count(usage, "total_tokens", "total_tokens", counts);
    JsonNode cached = usage.path("prompt_tokens_details").path("cached_tokens");
    if (cached.isNumber()) {
      counts.putObject("prompt_tokens_details").put("cached_tokens", cached.asInt());
    }
  }

  private static void count(JsonNode usage, String name, String other, ObjectNode counts) {
    JsonNode given = usage.path(name).isNumber() ? usage.path(name) : usage.path(other);
    if (given.isNumber() && given.asInt(-1) >= 0) {
      counts.put(name, given.asInt(-1));
    }
  }

  static void keep(JsonNode from, String name, ObjectNode to) {
    if (from.has(name) && !from.path(name).isNull()) {
      to.set(name, from.path(name));
    }
  }
}
