package dev.hone.testkit;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.LmUsage;
import dev.hone.lm.MessagePart;
import dev.hone.text.Redaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A reply in a recording; what is read is data only. This is a format, see {@code docs/formats.md}.
 *
 * @param key identifies the request
 * @param asked the request as a person reads it; no part of what identifies it
 */
record RecordedReply(String key, String asked, LmResponse reply) {
  private static final String FORMAT = "hone-recorded-model";
  private static final int VERSION = 1;

  /** Which model was recorded. */
  record Head(String model, Capabilities capabilities) {}

  /** All that a file holds. */
  record Recording(Head head, List<RecordedReply> replies) {}

  static void write(Path file, Head head, List<RecordedReply> replies) {
    ObjectNode json = Json.object().put("format", FORMAT).put("version", VERSION);
    json.put("model", head.model());
    json.set("capabilities", of(head.capabilities()));
    ArrayNode array = json.putArray("replies");
    for (RecordedReply one : replies) {
      ObjectNode written = array.addObject().put("key", one.key).put("asked", one.asked);
      written.set("reply", of(one.reply));
    }
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(file, Json.pretty(json).replace(System.lineSeparator(), "\n") + "\n");
    } catch (IOException e) {
      throw InvalidInputException.of(
          "The recording %s cannot be written: %s".formatted(file, e.getMessage()),
          "check the folder");
    }
  }

  static Recording read(Path file) {
    try {
      return recording(Json.parseFile(Files.readString(file)));
    } catch (IOException e) {
      throw noRecording(file, "it cannot be read");
    } catch (InvalidInputException e) {
      throw noRecording(file, "a value of \"capabilities\" is out of its range");
    } catch (JacksonException | IllegalArgumentException e) {
      throw noRecording(file, String.valueOf(e.getMessage()));
    }
  }

  private static Recording recording(JsonNode json) {
    if (!json.path("format").asString("").equals(FORMAT)
        || json.path("version").asInt(0) != VERSION) {
      throw new IllegalArgumentException(
          "it is not of the format %s %d".formatted(FORMAT, VERSION));
    }
    Capabilities capabilities = capabilities(json.required("capabilities"));
    List<RecordedReply> replies = new ArrayList<>();
    for (JsonNode one : json.required("replies")) {
      String asked = one.path("asked").asString("");
      replies.add(new RecordedReply(text(one, "key"), asked, reply(one.required("reply"))));
    }
    return new Recording(new Head(text(json, "model"), capabilities), replies);
  }

  private static InvalidInputException noRecording(Path file, String why) {
    return InvalidInputException.of(
        "The file %s is no recording of a model: %s".formatted(file, why),
        "delete it, and run the test once with the model to record it anew");
  }

  private static ObjectNode of(Capabilities offered) {
    ObjectNode json =
        Json.object()
            .put("jsonSchema", offered.jsonSchema())
            .put("toolCalls", offered.toolCalls())
            .put("images", offered.images())
            .put("reasoning", offered.reasoning())
            .put("temperature", offered.temperature())
            .put("logProbabilities", offered.logProbabilities())
            .put("contextTokens", offered.contextTokens().orElse(0));
    ArrayNode files = json.putArray("files");
    for (String mediaType : offered.files()) {
      files.add(mediaType);
    }
    return json;
  }

  /** Earlier versions wrote the first four only: what is missing is as it is by default. */
  private static Capabilities capabilities(JsonNode json) {
    List<String> files = new ArrayList<>();
    for (JsonNode mediaType : json.path("files")) {
      files.add(mediaType.asString(""));
    }
    return Capabilities.builder()
        .jsonSchema(json.path("jsonSchema").asBoolean(false))
        .toolCalls(json.path("toolCalls").asBoolean(false))
        .images(json.path("images").asBoolean(false))
        .reasoning(json.path("reasoning").asBoolean(false))
        .temperature(json.path("temperature").asBoolean(true))
        .logProbabilities(json.path("logProbabilities").asBoolean(false))
        .contextTokens(json.path("contextTokens").asInt(0))
        .files(files)
        .build();
  }

  private static ObjectNode of(LmResponse reply) {
    ObjectNode json = Json.object().put("model", reply.modelId());
    json.put("stop", reply.stopReason().name());
    ArrayNode parts = json.putArray("parts");
    for (MessagePart part : reply.parts()) {
      ObjectNode written = parts.addObject();
      if (part instanceof MessagePart.ToolCall call) {
        written.put("kind", "call").put("id", call.id()).put("name", call.name());
        written.put("arguments", call.arguments());
      } else if (part instanceof MessagePart.Thinking thinking) {
        written.put("kind", "thinking").put("text", thinking.text());
      } else {
        written.put("kind", "text").put("text", ((MessagePart.Text) part).text());
      }
    }
    json.putObject("usage")
        .put("prompt", reply.usage().promptTokens())
        .put("completion", reply.usage().completionTokens())
        .put("cachedPrompt", reply.usage().cachedPromptTokens())
        .put("known", reply.usage().known());
    return json;
  }

  private static LmResponse reply(JsonNode json) {
    List<MessagePart> parts = new ArrayList<>();
    for (JsonNode part : json.required("parts")) {
      parts.add(
          switch (text(part, "kind")) {
            case "text" -> MessagePart.text(text(part, "text"));
            case "thinking" -> MessagePart.thinking(text(part, "text"), null);
            case "call" ->
                MessagePart.toolCall(text(part, "id"), text(part, "name"), text(part, "arguments"));
            default -> throw new IllegalArgumentException("a part of an unknown kind: " + part);
          });
    }
    JsonNode usage = json.required("usage");
    return LmResponse.builder()
        .modelId(text(json, "model"))
        .stopReason(StopReason.valueOf(text(json, "stop")))
        .parts(parts)
        .usage(
            LmUsage.builder()
                .promptTokens(usage.required("prompt").asLong())
                .completionTokens(usage.required("completion").asLong())
                .cachedPromptTokens(usage.required("cachedPrompt").asLong())
                .known(usage.required("known").asBoolean())
                .build())
        .build();
  }

  private static String text(JsonNode json, String key) {
    JsonNode value = json.required(key);
    if (!value.isString()) {
      throw new IllegalArgumentException("\"" + key + "\" is no text");
    }
    return value.asString();
  }

  /**
   * The reply as it is written and read again: no credentials, no signatures of thoughts, and from
   * no cache, if the model has one, so that a recording does not depend on what that held.
   */
  static LmResponse withoutSecrets(LmResponse reply) {
    List<MessagePart> parts = new ArrayList<>();
    for (MessagePart part : reply.parts()) {
      if (part instanceof MessagePart.Text text) {
        parts.add(MessagePart.text(Redaction.of(text.text())));
      } else if (part instanceof MessagePart.Thinking thinking) {
        parts.add(MessagePart.thinking(Redaction.of(thinking.text()), null));
      } else if (part instanceof MessagePart.ToolCall call) {
        String arguments = Redaction.of(call.arguments());
        parts.add(MessagePart.toolCall(call.id(), call.name(), arguments));
      } else {
        throw new AssertionError("A reply has a part that cannot be recorded: " + part);
      }
    }
    return reply.toBuilder().parts(parts).usage(reply.paidUsage()).cached(false).build();
  }
}
