package dev.hone.project.strategy;

import dev.hone.json.Json;
import dev.hone.program.Program;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * A program of several steps, one after the other: each takes some of the inputs and of what
 * earlier ones gave. Its predictors are named {@code steps['NAME']}. Immutable and thread-safe;
 * costs the calls of all steps.
 */
public final class StepsProgram implements Program<ObjectNode, ObjectNode> {
  private final Map<String, Program<ObjectNode, ObjectNode>> steps;
  private final List<Step> order;
  private final Signature<ObjectNode, ObjectNode> signature;

  private StepsProgram(
      Map<String, Program<ObjectNode, ObjectNode>> steps,
      List<Step> order,
      Signature<ObjectNode, ObjectNode> signature) {
    this.steps = steps;
    this.order = order;
    this.signature = signature;
  }

  /** The program of some steps, which together give the outputs of a signature. */
  public static StepsProgram of(
      Signature<ObjectNode, ObjectNode> signature, List<Step> steps, ToolServers tools) {
    Map<String, Program<ObjectNode, ObjectNode>> programs = new LinkedHashMap<>();
    steps.forEach(
        step -> programs.put(step.name(), step.strategy().program(step.signature(), tools)));
    return new StepsProgram(programs, List.copyOf(steps), signature);
  }

  @Override
  public ObjectNode run(ObjectNode input) {
    ObjectNode known = input.deepCopy();
    for (Step step : order) {
      Program<ObjectNode, ObjectNode> program = steps.get(step.name());
      if (program != null) {
        known.setAll(program.run(chosen(step.signature().inputFields(), known)));
      }
    }
    return chosen(signature.outputFields(), known);
  }

  private static ObjectNode chosen(List<Field> fields, ObjectNode values) {
    ObjectNode chosen = Json.object();
    fields.forEach(field -> chosen.set(field.name(), values.path(field.name())));
    return chosen;
  }

  /** One line, such as {@code StepsProgram[facts, decide]}. */
  @Override
  public String toString() {
    return "StepsProgram[" + String.join(", ", order.stream().map(Step::name).toList()) + "]";
  }
}
