package dev.hone.adapter;

import dev.hone.json.Json;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.lm.MessagePart;
import dev.hone.lm.ToolSpec;
import dev.hone.prompt.AgentStep;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Prompt;
import dev.hone.prompt.Trajectory;
import dev.hone.prompt.Trajectory.Turn;
import dev.hone.signature.Signature;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** An agent's step with two tools. */
final class ToolTask {
  static final Signature<ObjectNode, ObjectNode> SIGNATURE =
      AgentStep.signature("Answer the question.");

  static final ToolSpec SEARCH =
      ToolSpec.of(
          "search",
          "finds passages of the corpus",
          schema(
              """
              {"type":"object","properties":{"query":{"type":"string","description":"what to look for"},
              "limit":{"type":"integer"}},"required":["query"]}"""));

  static final ToolSpec SUBMIT =
      ToolSpec.of(
          "submit",
          "gives the answer, which ends the task",
          schema("{\"type\":\"object\",\"properties\":{\"answer\":{\"type\":\"string\"}}}"));

  private ToolTask() {}

  static ObjectNode schema(String json) {
    return (ObjectNode) Json.parse(json);
  }

  static Turn turn(String thought, String query, String result) {
    return new Turn(
        thought,
        List.of(MessagePart.toolCall("", "search", "{\"query\":\"" + query + "\"}")),
        List.of(MessagePart.toolResult("", "search", result, false)));
  }

  static ObjectNode input(String question, Trajectory trajectory) {
    ObjectNode input = Json.object().put("question", question);
    input.set("trajectory", trajectory.toJson());
    return input;
  }

  static Prompt prompt(Trajectory trajectory, Demo... demos) {
    return Prompt.of(
            SIGNATURE,
            SIGNATURE.instructions(),
            List.of(demos),
            input("Who wrote Dubliners?", trajectory))
        .withTools(List.of(SEARCH, SUBMIT));
  }

  static Demo demo() {
    ObjectNode outputs = Json.object().put("thought", "Found.");
    outputs
        .putArray("calls")
        .addObject()
        .put("id", "x")
        .put("tool", "submit")
        .set("arguments", Json.object().put("answer", "Homer"));
    return new Demo(
        input("Who wrote the Iliad?", Trajectory.empty().plus(turn("Look.", "Iliad", "by Homer"))),
        outputs,
        Demo.Origin.BOOTSTRAPPED,
        "");
  }

  static LmResponse reply(String text) {
    return LmResponse.of(text, LmUsage.UNKNOWN, "test");
  }
}
