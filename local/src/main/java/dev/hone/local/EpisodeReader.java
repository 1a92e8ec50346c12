package dev.hone.local;

import dev.hone.json.Json;
import dev.hone.lm.LmMessage;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.lm.MessagePart.ToolResult;
import dev.hone.local.AgentEpisode.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the runs of an agent out of a conversation: those of its demos, and the one under way,
 * which is the last. Calls and results are parts of messages, or sections of texts.
 */
final class EpisodeReader {
  private static final String RESULTS = "results";

  private final PromptContext task;
  private final String callsField;
  private final String thoughtField;
  private final List<AgentEpisode> episodes = new ArrayList<>();
  private Map<String, String> input = Map.of();
  private final List<Step> steps = new ArrayList<>();
  private final List<Step> open = new ArrayList<>();

  private EpisodeReader(PromptContext task) {
    this.task = task;
    this.callsField = name(task, ParsedType.ToolCalls.class);
    this.thoughtField = name(task, ParsedType.Text.class);
  }

  private static String name(PromptContext task, Class<? extends ParsedType> type) {
    return task.outputs().stream()
        .filter(field -> type.isInstance(field.type().present()))
        .map(ParsedField::name)
        .findFirst()
        .orElse("");
  }

  /** The runs, in order; at least one. */
  static List<AgentEpisode> read(List<LmMessage> messages, PromptContext task) {
    EpisodeReader reader = new EpisodeReader(task);
    messages.forEach(reader::message);
    reader.finish();
    return List.copyOf(reader.episodes);
  }

  private void message(LmMessage message) {
    switch (message.role()) {
      case USER -> user(message.text());
      case ASSISTANT -> assistant(message);
      case TOOL -> observe(message.parts().stream().map(EpisodeReader::result).toList());
      case SYSTEM -> {}
    }
  }

  private static String result(MessagePart part) {
    return part instanceof ToolResult result ? result.text() : "";
  }

  /** A question begins a run, results go on with it, anything else refuses the last reply. */
  private void user(String text) {
    Map<String, String> sections = PromptContextReader.input(text);
    boolean asks =
        task.inputs().isEmpty()
            || task.inputs().stream().anyMatch(field -> sections.containsKey(field.name()));
    String results = sections.get(RESULTS);
    if (results != null && !(steps.isEmpty() && open.isEmpty())) {
      List<String> texts = new ArrayList<>();
      json(results)
          .forEach(r -> texts.add(r.path("result").asString(r.path("error").asString(""))));
      observe(texts);
    } else if (asks) {
      if (!input.isEmpty()) {
        finish();
      }
      input = sections;
    } else {
      open.clear();
    }
  }

  private void observe(List<String> texts) {
    for (String text : texts) {
      if (!open.isEmpty()) {
        steps.add(open.remove(0).observed(text));
      }
    }
  }

  private void finish() {
    steps.addAll(open);
    episodes.add(new AgentEpisode(input, steps));
    steps.clear();
    open.clear();
  }

  private void assistant(LmMessage message) {
    steps.addAll(open);
    open.clear();
    Map<String, String> sections = PromptSections.in(message.text());
    JsonNode whole = sections.isEmpty() ? json(message.text()) : Json.object();
    String thought = sections.getOrDefault(thoughtField, whole.path(thoughtField).asString(""));
    if (thoughtField.isEmpty()) {
      thought = message.text().strip();
    }
    for (MessagePart part : message.parts()) {
      if (part instanceof ToolCall call) {
        open.add(new Step(thought, call.name(), object(json(call.arguments())), ""));
      }
    }
    JsonNode calls =
        sections.isEmpty() ? whole.path(callsField) : json(sections.getOrDefault(callsField, ""));
    for (JsonNode call : calls) {
      String tool = call.path("tool").asString("");
      open.add(new Step(thought, tool, object(call.path("arguments")), ""));
    }
  }

  private static ObjectNode object(JsonNode node) {
    return node instanceof ObjectNode object ? object : Json.object();
  }

  /** The JSON that a text is; an empty object where it is not JSON. */
  private static JsonNode json(String text) {
    try {
      return text.isBlank() ? Json.object() : Json.parse(text.strip());
    } catch (JacksonException e) {
      return Json.object();
    }
  }
}
