package dev.hone.compiled;

import dev.hone.adapter.Demo;
import dev.hone.coerce.Coercion;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.compiled.ArtifactException.Problem;
import dev.hone.compiled.Provenance.MeasuredScore;
import dev.hone.embed.Embedding;
import dev.hone.json.Json;
import dev.hone.program.DemoSelection;
import dev.hone.program.Predict;
import dev.hone.program.PredictorState;
import dev.hone.program.Program;
import dev.hone.program.ProgramRunner;
import dev.hone.program.ProgramState;
import dev.hone.text.Plural;
import dev.hone.type.Field;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads compiled programs, and checks that they belong to the program at hand. */
final class ArtifactReader {
  private final String source;

  /**
   * Makes a reader.
   *
   * @param source the file's name, for errors
   */
  ArtifactReader(String source) {
    this.source = source;
  }

  <I, O> Compiled<I, O> read(Program<I, O> program, String text) {
    if (text.isBlank()) {
      throw new ArtifactException(
          Problem.NOT_JSON, source, "the file is empty. Maybe it was cut off, or is another file.");
    }
    JsonNode root;
    try {
      root = Json.parse(text);
    } catch (JacksonException e) {
      throw notJson(text, e);
    }
    if (root instanceof ObjectNode object) {
      return read(program, object);
    }
    throw notOurs("it is not a JSON object");
  }

  <I, O> Compiled<I, O> read(Program<I, O> program, ObjectNode json) {
    ArtifactNode root = ArtifactNode.root(source, json);
    requireFormat(root);
    ProgramRunner<I, O> runner = new ProgramRunner<>(program);
    Map<String, Predict<?, ?>> predictors = runner.predictors().byName();
    ArtifactNode saved = root.object(Artifact.PREDICTORS);
    requireSamePredictors(predictors.keySet(), saved.node().propertyNames());
    requireSameSignatures(predictors, saved);
    Map<String, PredictorState> states = new LinkedHashMap<>();
    predictors.forEach((name, predict) -> states.put(name, state(saved.object(name), predict)));
    return Compiled.of(
        runner, new ProgramState(states), provenance(root.object(Artifact.PROVENANCE)));
  }

  private void requireFormat(ArtifactNode root) {
    JsonNode kind = root.node().path(Artifact.HONE);
    if (!kind.isString()) {
      throw notOurs("it has no key \"hone\" with a text");
    }
    if (!kind.stringValue().equals(Artifact.KIND)) {
      throw notOurs("it is a Hone file of the kind \"%s\"".formatted(kind.stringValue()));
    }
    long version = root.whole(Artifact.FORMAT);
    if (version > Artifact.FORMAT_VERSION) {
      throw new ArtifactException(
          Problem.NEWER_FORMAT,
          source,
          "it has format %d, this version of Hone reads up to %d. Maybe update Hone."
              .formatted(version, Artifact.FORMAT_VERSION));
    }
    if (version < 1) {
      throw root.damaged(Artifact.FORMAT, "found %d, expected 1 or more".formatted(version));
    }
  }

  private void requireSamePredictors(Set<String> expected, java.util.Collection<String> found) {
    Set<String> missing = new LinkedHashSet<>(expected);
    missing.removeAll(found);
    Set<String> surplus = new LinkedHashSet<>(found);
    surplus.removeAll(expected);
    if (!missing.isEmpty() || !surplus.isEmpty()) {
      throw new ArtifactException(
          Problem.PREDICTORS_DIFFER,
          source,
          ("the program has the predictors %s, the file %s%s%s. Maybe a field was renamed; rename"
                  + " it back, or compile again.")
              .formatted(
                  expected,
                  found,
                  missing.isEmpty() ? "" : "; missing in the file: " + missing,
                  surplus.isEmpty() ? "" : "; unknown to the program: " + surplus));
    }
  }

  private void requireSameSignatures(Map<String, Predict<?, ?>> predictors, ArtifactNode saved) {
    List<String> changes = new ArrayList<>();
    predictors.forEach(
        (name, predict) -> {
          ArtifactNode signature = saved.object(name).object(Artifact.SIGNATURE);
          SignatureDifference.of(signature, predict.signature()).stream()
              .map(change -> name + ": " + change)
              .forEach(changes::add);
        });
    if (!changes.isEmpty()) {
      throw new ArtifactException(
          Problem.SIGNATURE_CHANGED,
          source,
          "the program's signature has changed since it was saved: %s. Maybe compile it again."
              .formatted(String.join("; ", changes)));
    }
  }

  private PredictorState state(ArtifactNode node, Predict<?, ?> predict) {
    List<Demo> demos = new ArrayList<>();
    for (ArtifactNode demo : node.objects(Artifact.DEMOS)) {
      demos.add(demo(demo, predict));
    }
    return new PredictorState(
        node.text(Artifact.INSTRUCTIONS), demos, selection(node, demos.size()));
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

  private Demo demo(ArtifactNode node, Predict<?, ?> predict) {
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

  /** Brings the values that are there to their types; a demo may lack some. */
  private static ObjectNode values(ArtifactNode node, List<Field> fields) {
    ObjectNode values = Json.object();
    Set<String> unknown = new LinkedHashSet<>(node.node().propertyNames());
    for (Field field : fields) {
      JsonNode value = node.node().get(field.name());
      unknown.remove(field.name());
      if (value != null) {
        try {
          values.set(field.name(), Coercion.value(field.type(), value, field.name()));
        } catch (TypeMismatchException e) {
          throw node.damaged(node.path(), Optional.ofNullable(e.getMessage()).orElse(""));
        }
      }
    }
    if (!unknown.isEmpty()) {
      throw node.damaged(
          node.path(), "found the fields %s, which it cannot have".formatted(unknown));
    }
    return values;
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

  private static Provenance provenance(ArtifactNode node) {
    requireTime(node);
    return new Provenance(
        node.text(Artifact.OPTIMIZER),
        node.settings(Artifact.SETTINGS),
        node.whole(Artifact.SEED),
        node.objects(Artifact.SCORES).stream().map(ArtifactReader::score).toList(),
        node.texts(Artifact.DATA_FINGERPRINTS),
        node.texts(Artifact.MODEL_IDS));
  }

  private static void requireTime(ArtifactNode node) {
    if (node.node().get(Artifact.CREATED_AT) == null) {
      return;
    }
    String text = node.text(Artifact.CREATED_AT);
    try {
      Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw node.damaged(
          node.pathOf(Artifact.CREATED_AT),
          "found \"%s\", expected a time such as 2026-11-21T18:30:00Z".formatted(text));
    }
  }

  private static MeasuredScore score(ArtifactNode node) {
    return new MeasuredScore(
        node.text(Artifact.NAME),
        node.number(Artifact.MEAN),
        node.number(Artifact.LOWER),
        node.number(Artifact.UPPER),
        node.count(Artifact.EXAMPLES, 0));
  }

  private ArtifactException notJson(String text, JacksonException error) {
    boolean ours = text.stripLeading().startsWith("{") && text.contains("\"hone\"");
    TokenStreamLocation place = error.getLocation();
    return new ArtifactException(
        Problem.NOT_JSON,
        source,
        "%sit is not JSON: %s. Maybe %s."
            .formatted(
                place == null
                    ? ""
                    : "line %d, column %d: ".formatted(place.getLineNr(), place.getColumnNr()),
                Json.problem(error),
                ours
                    ? "the file was cut off or edited by hand; save the program again"
                    : "it is another file"),
        error);
  }

  private ArtifactException notOurs(String problem) {
    return new ArtifactException(
        Problem.NOT_AN_ARTIFACT,
        source,
        problem + ", so it is not a program that Hone saved. Maybe it is another file.");
  }
}
