package dev.hone.optimize.task;

import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.json.Json;
import dev.hone.program.Predict;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import dev.hone.prompt.Demo;
import dev.hone.type.FieldType;
import dev.hone.type.MessageKind;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which demos show an example: a prompt with such a demo holds the example's answer, so that a run
 * on the example proves nothing.
 */
public final class DemoLeakage {
  private DemoLeakage() {}

  /**
   * The demos of a predictor that show an example: made of it, or with its input, or with what the
   * predictor is given of its input and a field of its label.
   */
  public static Predicate<Demo> of(Predict<?, ?> predict, Example<?, ?> example) {
    ObjectNode input = example.inputJson();
    ObjectNode expected = example.hasLabel() ? example.expectedJson() : Json.object();
    ObjectNode given = FittingFields.of(predict.signature().inputFields(), input);
    boolean whole = given.size() == input.size();
    String asInput = comparable(input);
    String asGiven = comparable(given);
    return demo -> {
      String inputs = comparable(withoutTurns(predict, demo.inputs()));
      return demo.exampleId().equals(example.id())
          || inputs.equals(asInput)
          || (inputs.equals(asGiven) && (whole || haveAFieldInCommon(demo.outputs(), expected)));
    };
  }

  /** What an agent did is no part of what it was asked. */
  private static ObjectNode withoutTurns(Predict<?, ?> predict, ObjectNode inputs) {
    ObjectNode asked = inputs.deepCopy();
    predict.signature().inputFields().stream()
        .filter(
            field ->
                field.type() instanceof FieldType.Message message
                    && message.kind() == MessageKind.TRAJECTORY)
        .forEach(field -> asked.remove(field.name()));
    return asked;
  }

  /** A dataset without the examples that the demos of a program show, nor any of equal input. */
  public static <I, O> Dataset<I, O> unseen(Program<?, ?> program, Dataset<I, O> dataset) {
    Predictors predictors = Predictors.of(program);
    List<Example<I, O>> shown =
        dataset.examples().stream().filter(example -> shows(predictors, example)).toList();
    return shown.isEmpty() ? dataset : dataset.without(Dataset.of(shown));
  }

  private static boolean shows(Predictors predictors, Example<?, ?> example) {
    return predictors.byName().values().stream()
        .filter(predict -> !predict.state().demos().isEmpty())
        .anyMatch(predict -> predict.state().demos().stream().anyMatch(of(predict, example)));
  }

  /**
   * Equal for values that a prompt shows in the same way: an absent field and null, 1 as int and
   * long.
   */
  private static String comparable(ObjectNode values) {
    ObjectNode copy = Json.object();
    for (String name : values.propertyNames()) {
      JsonNode value = values.get(name);
      if (!value.isNull()) {
        copy.set(name, value);
      }
    }
    return Json.canonical(copy);
  }

  private static boolean haveAFieldInCommon(ObjectNode one, ObjectNode other) {
    return one.propertyNames().stream().anyMatch(name -> other.get(name) != null);
  }
}
