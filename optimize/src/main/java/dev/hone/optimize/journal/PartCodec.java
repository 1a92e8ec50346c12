package dev.hone.optimize.journal;

import dev.hone.json.Json;
import dev.hone.lm.MessagePart;
import dev.hone.lm.media.MediaJson;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The parts of replies as JSON and back. */
final class PartCodec {
  /** Gives a part as JSON. */
  static final MessagePart.Visitor<ObjectNode> WRITER = new Writer();

  private PartCodec() {}

  static List<MessagePart> read(JsonNode parts) {
    List<MessagePart> read = new ArrayList<>();
    parts.forEach(part -> read.add(part((ObjectNode) part)));
    return read;
  }

  private static MessagePart part(ObjectNode node) {
    if (node.has("thinking")) {
      @Nullable String signature =
          node.has("signature") ? node.path("signature").stringValue("") : null;
      return MessagePart.thinking(text(node, "thinking"), signature);
    } else if (node.has("tool")) {
      return MessagePart.toolCall(text(node, "id"), text(node, "tool"), text(node, "arguments"));
    } else if (node.has("result")) {
      return MessagePart.toolResult(
          text(node, "id"),
          text(node, "result"),
          read(node.path("content")),
          node.path("isError").booleanValue(false));
    } else if (node.has("file")) {
      return MediaJson.file(node.path("file"));
    } else if (node.has("url")) {
      return MessagePart.image(URI.create(text(node, "url")));
    } else if (node.has("image")) {
      return MessagePart.image(
          Base64.getDecoder().decode(text(node, "image")), text(node, "mediaType"));
    }
    return MessagePart.text(text(node, "text"));
  }

  private static String text(ObjectNode node, String name) {
    return node.path(name).stringValue("");
  }

  private static final class Writer implements MessagePart.Visitor<ObjectNode> {
    @Override
    public ObjectNode otherwise(MessagePart part) {
      throw new IllegalStateException("The part %s has no place in a journal yet".formatted(part));
    }

    @Override
    public ObjectNode visit(MessagePart.Text part) {
      return Json.object().put("text", part.text());
    }

    @Override
    public ObjectNode visit(MessagePart.Thinking part) {
      ObjectNode node = Json.object().put("thinking", part.text());
      part.signature().ifPresent(signature -> node.put("signature", signature));
      return node;
    }

    @Override
    public ObjectNode visit(MessagePart.ToolCall part) {
      return Json.object()
          .put("tool", part.name())
          .put("id", part.id())
          .put("arguments", part.arguments());
    }

    @Override
    public ObjectNode visit(MessagePart.ToolResult part) {
      ObjectNode node = Json.object().put("result", part.name()).put("id", part.callId());
      ArrayNode content = node.putArray("content");
      part.content().forEach(each -> content.add(each.accept(this)));
      return node.put("isError", part.isError());
    }

    @Override
    public ObjectNode visit(MessagePart.File part) {
      return Json.object().set("file", MediaJson.of(part));
    }

    @Override
    public ObjectNode visit(MessagePart.Image part) {
      return part.url().isPresent()
          ? Json.object().put("url", part.url().get().toString())
          : Json.object()
              .put("image", Base64.getEncoder().encodeToString(part.data()))
              .put("mediaType", part.mediaType());
    }
  }
}
