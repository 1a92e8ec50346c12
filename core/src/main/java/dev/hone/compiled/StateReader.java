package dev.hone.compiled;

import dev.hone.InvalidInputException;
import dev.hone.coerce.Coercion;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.embed.Embedding;
import dev.hone.json.Json;
import dev.hone.program.Predict;
import dev.hone.program.PredictorState;
import dev.hone.prompt.Demo;
import dev.hone.prompt.DemoSelection;
import dev.hone.prompt.Trajectory;
import dev.hone.text.Plural;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.MessageKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the state of one predictor, and checks that its demos fit the predictor's fields. */
final class StateReader {
  private StateReader() {}

  static PredictorState read(ArtifactNode node, Predict<?, ?> predict) {
    List<Demo> demos = new ArrayList<>();
    for (ArtifactNode demo : node.objects(Artifact.DEMOS)) {
      demos.add(demo(demo, predict));
    }
    return new PredictorState(
        node.text(Artifact.INSTRUCTIONS),
        demos,
        selection(node, demos.size()),
        SavedTools.of(node).descriptionsFor(predict));
  }

  private static DemoSelection selection(ArtifactNode node, int demos) {
    if (node.node().get(Artifact.NEAREST) == null) {
      return DemoSelection.all();
    }
    ArtifactNode nearest = node.object(Artifact.NEAREST);
    List<Embedding> vectors = nearest.embeddings(Artifact.VECTORS);
    if (vectors.size() != demos) {
      throw nearest.damaged(
          nearest.pathOf(Artifact.VECTORS),
          "found %s for %s"
              .formatted(Plural.of(vectors.size(), "vector"), Plural.of(demos, "demo")));
    }
    return new DemoSelection.Nearest(
        nearest.count(Artifact.K, 1), nearest.text(Artifact.EMBEDDER), vectors);
  }

  private static Demo demo(ArtifactNode node, Predict<?, ?> predict) {
    List<Field> inputFields = predict.signature().inputFields();
    List<Field> outputFields = predict.signature().outputFields();
    ArtifactNode inputs = node.object(Artifact.INPUTS);
    ArtifactNode outputs = node.object(Artifact.OUTPUTS);
    Demo demo =
        new Demo(
            values(inputs, inputFields),
            values(outputs, outputFields),
            origin(node),
            node.text(Artifact.EXAMPLE_ID));
    for (Field field : inputFields) {
      if (!demo.inputs().has(field.name())) {
        throw node.damaged(inputs.pathOf(field.name()), "it is missing");
      }
    }
    if (demo.outputs().isEmpty()) {
      throw node.damaged(
          outputs.path(),
          "found no value, expected one of " + outputFields.stream().map(Field::name).toList());
    }
    return demo;
  }

  /** Converts the values that are there to their types; a demo may lack some. */
  private static ObjectNode values(ArtifactNode node, List<Field> fields) {
    ObjectNode values = Json.object();
    Set<String> unknown = new LinkedHashSet<>(node.node().propertyNames());
    for (Field field : fields) {
      JsonNode value = node.node().get(field.name());
      unknown.remove(field.name());
      if (value != null) {
        try {
          values.set(field.name(), value(field, value));
        } catch (TypeMismatchException e) {
          throw node.damaged(node.path(), Optional.ofNullable(e.getMessage()).orElse(""));
        } catch (InvalidInputException e) {
          throw node.damaged(
              node.pathOf(field.name()), "a turn has other results than it has calls");
        }
      }
    }
    if (!unknown.isEmpty()) {
      throw node.damaged(
          node.path(), "found the fields %s, which it cannot have".formatted(unknown));
    }
    return values;
  }

  /**
   * The value in its canonical form.
   *
   * @throws InvalidInputException if it is turns whose calls and results do not belong together
   */
  private static JsonNode value(Field field, JsonNode given) {
    JsonNode value = Coercion.value(field.type(), given, field.name());
    if (field.type().equals(new FieldType.Message(MessageKind.TRAJECTORY))) {
      Trajectory.ofJson(value);
    }
    return value;
  }

  private static Demo.Origin origin(ArtifactNode node) {
    String text = node.text(Artifact.ORIGIN);
    for (Demo.Origin origin : Demo.Origin.values()) {
      if (origin.name().toLowerCase(Locale.ROOT).equals(text)) {
        return origin;
      }
    }
    throw node.damaged(
        node.pathOf(Artifact.ORIGIN),
        "found \"%s\", expected labeled or bootstrapped".formatted(text));
  }
}
