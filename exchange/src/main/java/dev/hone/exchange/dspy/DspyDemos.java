package dev.hone.exchange.dspy;

import dev.hone.coerce.Coercion;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.prompt.Demo;
import dev.hone.signature.Signature;
import dev.hone.text.FoldedName;
import dev.hone.type.Field;
import dev.hone.type.FieldType.OptionalOf;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Converts the flat demos of DSPy to those of a predictor, and collects what does not fit. */
final class DspyDemos {
  private final String predictor;
  private final Signature<?, ?> signature;
  private final List<String> notes = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  DspyDemos(String predictor, Signature<?, ?> signature) {
    this.predictor = predictor;
    this.signature = signature;
  }

  /** What was left out, in sentences. */
  List<String> notes() {
    return notes;
  }

  /** Values that do not fit, in phrases. */
  List<String> problems() {
    return problems;
  }

  List<Demo> convert(List<ObjectNode> demos) {
    List<Demo> converted = new ArrayList<>();
    Set<String> unknown = new LinkedHashSet<>();
    for (int i = 0; i < demos.size(); i++) {
      ObjectNode demo = demos.get(i);
      Set<String> used = new LinkedHashSet<>();
      ObjectNode inputs = values(demo, signature.inputFields(), i, used);
      ObjectNode outputs = values(demo, signature.outputFields(), i, used);
      demo.propertyNames().stream().filter(name -> !used.contains(name)).forEach(unknown::add);
      Optional<String> gap = gap(inputs, outputs);
      if (gap.isPresent()) {
        notes.add("`%s`: left out demo %d, which has no %s".formatted(predictor, i + 1, gap.get()));
      } else {
        converted.add(new Demo(inputs, outputs, origin(demo), ""));
      }
    }
    unknown.removeIf(name -> name.equals(DspyMatch.AUGMENTED) || name.startsWith("dspy_"));
    if (!unknown.isEmpty()) {
      notes.add(
          "`%s`: left out %s of the demos, which are no fields".formatted(predictor, unknown));
    }
    return converted;
  }

  private static Demo.Origin origin(ObjectNode demo) {
    return demo.path(DspyMatch.AUGMENTED).asBoolean(false)
        ? Demo.Origin.BOOTSTRAPPED
        : Demo.Origin.LABELED;
  }

  private Optional<String> gap(ObjectNode inputs, ObjectNode outputs) {
    Optional<String> input =
        signature.inputFields().stream()
            .map(Field::name)
            .filter(name -> !inputs.has(name))
            .findFirst();
    return input.isPresent() || !outputs.isEmpty() ? input : Optional.of("output");
  }

  private ObjectNode values(ObjectNode demo, List<Field> fields, int index, Set<String> used) {
    ObjectNode values = Json.object();
    for (Field field : fields) {
      Optional<String> key = key(demo, field.name());
      key.ifPresent(used::add);
      JsonNode value = key.map(demo::get).orElse(null);
      if (value != null && (!value.isNull() || field.type() instanceof OptionalOf)) {
        try {
          values.set(field.name(), Coercion.value(field.type(), value, field.name()));
        } catch (TypeMismatchException e) {
          problems.add(
              "demo %d of `%s`: %s"
                  .formatted(index + 1, predictor, String.valueOf(e.getMessage())));
        }
      }
    }
    return values;
  }

  /** The key that a demo has for a field: its name, or the same in another case. */
  static Optional<String> key(ObjectNode demo, String field) {
    if (demo.has(field)) {
      return Optional.of(field);
    }
    String folded = FoldedName.of(field);
    return demo.propertyNames().stream()
        .filter(name -> FoldedName.of(name).equals(folded))
        .findFirst();
  }
}
