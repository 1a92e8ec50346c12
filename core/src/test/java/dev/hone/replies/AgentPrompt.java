package dev.hone.replies;

import dev.hone.json.Json;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.lm.MessagePart.ToolResult;
import dev.hone.lm.ToolSpec;
import dev.hone.prompt.AgentStep;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Prompt;
import dev.hone.prompt.Trajectory;
import dev.hone.prompt.Trajectory.Turn;
import dev.hone.signature.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The prompt of a case that is a step of an agent. */
final class AgentPrompt {
  private static final Pattern TOOL = Pattern.compile("([\\w-]+)\\(([^)]*)\\)");
  private static final Signature<ObjectNode, ObjectNode> SIGNATURE =
      AgentStep.signature("Answer carefully.");

  private final List<ToolSpec> tools = new ArrayList<>();
  private Trajectory trajectory = Trajectory.empty();
  private boolean callsByParts;

  /** Sets the tools: each its name, and in brackets its parameters with their types. */
  void tools(String line) {
    tools.clear();
    Matcher matcher = TOOL.matcher(line);
    while (matcher.find()) {
      ObjectNode schema = Json.object().put("type", "object");
      ObjectNode properties = schema.putObject("properties");
      for (String parameter : matcher.group(2).split(",")) {
        if (!parameter.isBlank()) {
          String[] parts = parameter.split(":");
          properties
              .putObject(parts[0].strip())
              .put("type", parts.length == 1 ? "string" : parts[1].strip());
        }
      }
      tools.add(ToolSpec.of(matcher.group(1), "", schema));
    }
  }

  /** Adds an earlier turn. */
  void turn(ObjectNode node) {
    List<ToolCall> calls = new ArrayList<>();
    List<ToolResult> results = new ArrayList<>();
    for (JsonNode call : node.path("calls")) {
      ToolCall made = Trajectory.call(call);
      String result = node.path("results").path(calls.size()).stringValue();
      calls.add(made);
      results.add(MessagePart.toolResult(made.id(), made.name(), result, false));
    }
    trajectory = trajectory.plus(new Turn(node.path("thought").asString(""), calls, results));
  }

  void callsByParts(boolean value) {
    callsByParts = value;
  }

  boolean hasTools() {
    return !tools.isEmpty();
  }

  Prompt prompt(List<Demo> demos, ObjectNode inputs) {
    ObjectNode input = Json.object().put("question", "Who wrote Dubliners?");
    input.setAll(inputs);
    input.set("trajectory", trajectory.toJson());
    return Prompt.of(SIGNATURE, SIGNATURE.instructions(), demos, input)
        .withTools(tools)
        .withCallsByParts(callsByParts);
  }
}
