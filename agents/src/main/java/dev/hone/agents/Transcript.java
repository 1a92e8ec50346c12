package dev.hone.agents;

import dev.hone.json.Json;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.lm.MessagePart.ToolResult;
import dev.hone.prompt.Trajectory.Turn;
import dev.hone.text.Excerpt;
import dev.hone.text.Plural;
import dev.hone.text.Redaction;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Writes what an agent did for people who want to see what went wrong where. */
final class Transcript {
  private static final int SHOWN = 400;
  private static final int SHOWN_IN_LINE = 120;

  private Transcript() {}

  static String of(AgentWork work) {
    StringBuilder text = new StringBuilder();
    work.inputs()
        .properties()
        .forEach(
            input ->
                text.append(input.getKey())
                    .append(": ")
                    .append(value(input.getValue()))
                    .append('\n'));
    List<Turn> turns = work.trajectory().turns();
    for (int i = 0; i < turns.size(); i++) {
      text.append("\nturn ").append(i + 1);
      if (i < work.leftOut()) {
        text.append(" (no longer shown to the model at the end)");
      }
      text.append('\n');
      append(text, turns.get(i));
    }
    return Redaction.of(text.append('\n').append(work).toString());
  }

  private static String value(JsonNode value) {
    if (value.has("mediaType") && value.has("data")) {
      return "[" + value.path("mediaType").asString("image") + "]";
    }
    return shown(value.isString() ? value.stringValue() : Json.write(value));
  }

  private static String shown(String text) {
    return Excerpt.counted(Excerpt.singleSpaced(text), SHOWN);
  }

  private static void append(StringBuilder text, Turn turn) {
    if (!turn.thought().isBlank()) {
      text.append("  thought: ").append(shown(turn.thought())).append('\n');
    }
    if (turn.calls().isEmpty()) {
      text.append("  (no call)\n");
    }
    for (int i = 0; i < turn.calls().size(); i++) {
      ToolCall call = turn.calls().get(i);
      ToolResult result = turn.results().get(i);
      text.append("  ").append(call.name()).append(' ').append(shown(call.arguments()));
      text.append('\n').append(result.isError() ? "    !! " : "    -> ");
      text.append(shown(result.text()));
      result.images().forEach(image -> text.append(' ').append(image));
      text.append('\n');
    }
  }

  /** A turn in a line, such as {@code search, lookup (1 of 2 failed)}. */
  static String line(Turn turn) {
    if (turn.calls().isEmpty()) {
      return "no call: " + Excerpt.ofLine(turn.thought(), SHOWN_IN_LINE);
    }
    long failed = turn.results().stream().filter(ToolResult::isError).count();
    String names = String.join(", ", turn.calls().stream().map(ToolCall::name).toList());
    return Excerpt.ofLine(names, SHOWN_IN_LINE)
        + (failed == 0
            ? ""
            : " (%d of %s failed)".formatted(failed, Plural.of(turn.calls().size(), "call")));
  }
}
