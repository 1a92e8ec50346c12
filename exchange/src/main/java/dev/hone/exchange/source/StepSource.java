package dev.hone.exchange.source;

import dev.hone.exchange.PortablePredictor;
import dev.hone.type.Field;
import java.util.List;

/**
 * One predictor as a part of a generated class: the types of its two sides, and the expression that
 * makes it.
 *
 * @param predictor what is written
 * @param inputs its input fields
 * @param outputs its output fields, without those that a chain of thought adds itself
 * @param inputType the record of its inputs, or {@code ObjectNode}
 * @param outputType the record of its outputs, or {@code ObjectNode}
 */
record StepSource(
    PortablePredictor predictor,
    List<Field> inputs,
    List<Field> outputs,
    String inputType,
    String outputType) {
  private static final String JSON = "tools.jackson.databind.node.ObjectNode";

  /** Declares what a predictor needs; names of records begin with a prefix. */
  static StepSource of(PortablePredictor predictor, String prefix, JavaTypes types) {
    List<Field> inputs = predictor.signature().inputFields();
    List<Field> all = predictor.signature().outputFields();
    List<Field> outputs = predictor.isChainOfThought() ? all.subList(1, all.size()) : all;
    return new StepSource(
        predictor,
        inputs,
        outputs,
        side(prefix + "Input", inputs, "What it takes.", types),
        side(prefix + "Output", outputs, "What it returns.", types));
  }

  private static String side(String name, List<Field> fields, String doc, JavaTypes types) {
    return JavaTypes.canBeRecord(fields) ? types.record(name, fields, doc) : types.imported(JSON);
  }

  /** Whether both sides are records. */
  boolean isTyped() {
    return !inputType.equals("ObjectNode") && !outputType.equals("ObjectNode");
  }

  /** The class that runs it, with its type arguments. */
  String type(JavaTypes types) {
    return types.imported("dev.hone.program." + kind()) + "<" + inputType + ", " + outputType + ">";
  }

  private String kind() {
    return predictor.isChainOfThought() ? "ChainOfThought" : "Predict";
  }

  /** The expression that makes it, with the instructions it has now. */
  String expression(JavaTypes types, String indent) {
    String made = types.imported("dev.hone.program." + kind()) + ".of(";
    String text = JavaText.expression(predictor.state().instructions(), indent + "    ");
    String last = ",\n" + indent + "    " + text + ")";
    if (isTyped()) {
      return made
          + "\n"
          + indent
          + "    "
          + inputType
          + ".class,\n"
          + indent
          + "    "
          + outputType
          + ".class"
          + last;
    }
    return made
        + types.imported("dev.hone.signature.Signature")
        + ".of(\n        "
        + codec(inputType, inputs, types)
        + ",\n        "
        + codec(outputType, outputs, types)
        + last
        + ")";
  }

  private static String codec(String type, List<Field> fields, JavaTypes types) {
    return type.equals("ObjectNode")
        ? TypeExpression.codec(fields, types)
        : types.imported("dev.hone.signature.Codec") + ".ofRecord(" + type + ".class)";
  }
}
