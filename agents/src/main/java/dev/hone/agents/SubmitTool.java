package dev.hone.agents;

import dev.hone.coerce.Coercion;
import dev.hone.coerce.JsonSchema;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.lm.ToolSpec;
import dev.hone.prompt.Trajectory;
import dev.hone.signature.Codec;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tool by which an agent gives its answer: its arguments are the user's outputs.
 *
 * @param <O> what the agent returns
 */
record SubmitTool<O>(Codec<O> output, ToolSpec spec) {
  static final String NAME = "submit";

  static <O> SubmitTool<O> of(Codec<O> output) {
    return new SubmitTool<>(
        output,
        ToolSpec.of(
            NAME, "Gives the answer, which ends the task.", JsonSchema.of(output.fields())));
  }

  /**
   * What came of the arguments of a call: an answer, or the reason why they are none.
   *
   * @param answer the answer, if they are one
   * @param problem what is wrong with them; empty if nothing is
   */
  record Submission<O>(Optional<O> answer, String problem) {}

  /** Reads the answer out of a call, as outputs of a predictor are read. */
  Submission<O> read(ToolCall call) {
    JsonNode arguments = Trajectory.json(call).path("arguments");
    if (!(arguments instanceof ObjectNode object)) {
      return new Submission<>(Optional.empty(), "its arguments could not be read as a JSON object");
    }
    try {
      return new Submission<>(
          Optional.of(output.decode(Coercion.object(output.fields(), object, ""))), "");
    } catch (TypeMismatchException e) {
      return new Submission<>(Optional.empty(), String.valueOf(e.getMessage()));
    }
  }
}
