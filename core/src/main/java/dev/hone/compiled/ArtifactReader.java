package dev.hone.compiled;

import dev.hone.compiled.ArtifactException.Problem;
import dev.hone.compiled.Provenance.MeasuredScore;
import dev.hone.json.Json;
import dev.hone.program.Predict;
import dev.hone.program.PredictorState;
import dev.hone.program.Program;
import dev.hone.program.ProgramRunner;
import dev.hone.program.ProgramState;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
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
    return read(program, parse(text));
  }

  /** The object that a text holds, which may be any. */
  ObjectNode parse(String text) {
    if (text.isBlank()) {
      throw new ArtifactException(
          Problem.NOT_JSON, source, "the file is empty. Maybe it was cut off, or is another file.");
    }
    JsonNode root;
    try {
      root = Json.parseFile(text);
    } catch (JacksonException e) {
      throw notJson(text, e);
    }
    if (root instanceof ObjectNode object) {
      return object;
    }
    throw notOurs("it is not a JSON object");
  }

  <I, O> Compiled<I, O> read(Program<I, O> program, ObjectNode json) {
    ArtifactNode root = ArtifactNode.root(source, json);
    long version = version(root);
    ProgramRunner<I, O> runner = new ProgramRunner<>(program);
    Map<String, Predict<?, ?>> predictors = runner.predictors().byName();
    ArtifactNode saved = root.object(Artifact.PREDICTORS);
    new SavedPredictors(saved, version).requireSame(predictors);
    Map<String, PredictorState> states = new LinkedHashMap<>();
    predictors.forEach(
        (name, predict) -> states.put(name, StateReader.read(saved.object(name), predict)));
    Provenance provenance = provenance(root.object(Artifact.PROVENANCE));
    PromptFormat format = promptFormat(root).noting(SavedTools.notes(saved, predictors));
    return Compiled.of(runner, new ProgramState(states), provenance, format);
  }

  /** The whole file, if it is one of Hone's that this version can read. */
  ArtifactNode root(ObjectNode json) {
    ArtifactNode root = ArtifactNode.root(source, json);
    version(root);
    return root;
  }

  /** Where the state of a file comes from. */
  Provenance provenance(ObjectNode json) {
    return provenance(root(json).object(Artifact.PROVENANCE));
  }

  private PromptFormat promptFormat(ArtifactNode root) {
    boolean named = root.node().has(Artifact.PROMPT_FORMAT);
    return PromptFormat.saved(named ? root.text(Artifact.PROMPT_FORMAT) : null, source);
  }

  private long version(ArtifactNode root) {
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
    return version;
  }

  private static Provenance provenance(ArtifactNode node) {
    requireTime(node);
    return Provenance.builder(node.text(Artifact.OPTIMIZER))
        .settings(node.settings(Artifact.SETTINGS), node.whole(Artifact.SEED))
        .scores(node.objects(Artifact.SCORES).stream().map(ArtifactReader::score).toList())
        .dataFingerprints(node.texts(Artifact.DATA_FINGERPRINTS))
        .modelIds(node.texts(Artifact.MODEL_IDS))
        .build();
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
