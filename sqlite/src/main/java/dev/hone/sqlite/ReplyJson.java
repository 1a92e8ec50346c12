package dev.hone.sqlite;

import dev.hone.json.Json;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.LmUsage;
import dev.hone.lm.MessagePart;
import dev.hone.lm.media.MediaJson;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Replies as JSON, and back; this is a format, see {@code docs/formats.md}. */
final class ReplyJson {
  private ReplyJson() {}

  /** A reply as JSON in UTF-8. */
  static byte[] bytes(LmResponse reply) {
    return Json.write(of(reply)).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @throws RuntimeException if it is nothing of the kind
   */
  static LmResponse read(byte[] bytes) {
    JsonNode json = Json.parseFile(new String(bytes, StandardCharsets.UTF_8));
    JsonNode usage = json.required("usage");
    return LmResponse.builder()
        .modelId(text(json, "model"))
        .stopReason(StopReason.valueOf(text(json, "stop")))
        .parts(parts(json.required("parts")))
        .usage(
            LmUsage.builder()
                .promptTokens(usage.required("prompt").longValue())
                .completionTokens(usage.required("completion").longValue())
                .cachedPromptTokens(usage.required("cachedPrompt").longValue())
                .known(usage.required("known").booleanValue())
                .build())
        .build();
  }

  static ObjectNode of(LmResponse reply) {
    ObjectNode json = Json.object();
    json.put("model", reply.modelId());
    json.put("stop", reply.stopReason().name());
    json.set("parts", of(reply.parts()));
    json.putObject("usage")
        .put("prompt", reply.usage().promptTokens())
        .put("completion", reply.usage().completionTokens())
        .put("cachedPrompt", reply.usage().cachedPromptTokens())
        .put("known", reply.usage().known());
    return json;
  }

  private static ArrayNode of(List<MessagePart> parts) {
    ArrayNode array = Json.array();
    parts.forEach(part -> array.add(part.accept(new PartJson())));
    return array;
  }

  private static List<MessagePart> parts(JsonNode array) {
    List<MessagePart> parts = new ArrayList<>();
    array.forEach(json -> parts.add(part(json)));
    return parts;
  }

  private static MessagePart part(JsonNode json) {
    return switch (text(json, "kind")) {
      case "text" -> MessagePart.text(text(json, "text"));
      case "thinking" -> MessagePart.thinking(text(json, "text"), optional(json, "signature"));
      case "call" ->
          MessagePart.toolCall(text(json, "id"), text(json, "name"), text(json, "arguments"));
      case "image" ->
          MessagePart.image(
              Base64.getDecoder().decode(text(json, "data")), text(json, "mediaType"));
      case "link" -> MessagePart.image(URI.create(text(json, "url")));
      case "file" -> MediaJson.file(json);
      case "result" ->
          MessagePart.toolResult(
              text(json, "id"),
              text(json, "name"),
              parts(json.required("content")),
              json.required("error").booleanValue());
      default -> throw new IllegalArgumentException("Not a part of a reply: " + json);
    };
  }

  private static String text(JsonNode json, String key) {
    return json.required(key).stringValue();
  }

  private static @Nullable String optional(JsonNode json, String key) {
    return json.has(key) ? text(json, key) : null;
  }

  /** Makes an object of a part. */
  private static final class PartJson implements MessagePart.Visitor<ObjectNode> {
    @Override
    public ObjectNode otherwise(MessagePart part) {
      throw new IllegalStateException("The part %s has no place in a file yet".formatted(part));
    }

    @Override
    public ObjectNode visit(MessagePart.Text part) {
      return kind("text").put("text", part.text());
    }

    @Override
    public ObjectNode visit(MessagePart.Thinking part) {
      ObjectNode json = kind("thinking").put("text", part.text());
      part.signature().ifPresent(signature -> json.put("signature", signature));
      return json;
    }

    @Override
    public ObjectNode visit(MessagePart.ToolCall call) {
      return kind("call")
          .put("id", call.id())
          .put("name", call.name())
          .put("arguments", call.arguments());
    }

    @Override
    public ObjectNode visit(MessagePart.Image image) {
      return image
          .url()
          .map(url -> kind("link").put("url", url.toString()))
          .orElseGet(
              () ->
                  kind("image")
                      .put("mediaType", image.mediaType())
                      .put("data", Base64.getEncoder().encodeToString(image.data())));
    }

    @Override
    public ObjectNode visit(MessagePart.File file) {
      return kind("file").setAll(MediaJson.of(file));
    }

    @Override
    public ObjectNode visit(MessagePart.ToolResult result) {
      ObjectNode json = kind("result").put("id", result.callId()).put("name", result.name());
      json.set("content", of(result.content()));
      return json.put("error", result.isError());
    }

    private static ObjectNode kind(String name) {
      return Json.object().put("kind", name);
    }
  }
}
