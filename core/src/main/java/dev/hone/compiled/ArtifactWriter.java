package dev.hone.compiled;

import dev.hone.compiled.Provenance.MeasuredScore;
import dev.hone.json.Json;
import dev.hone.program.Predict;
import dev.hone.program.PredictorState;
import dev.hone.signature.Signature;
import dev.hone.text.Redaction;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Writes compiled programs. Equal contents give equal bytes except for time and environment. */
final class ArtifactWriter {
  private final Clock clock;

  ArtifactWriter(Clock clock) {
    this.clock = clock;
  }

  ObjectNode toJson(Compiled<?, ?> compiled) {
    ObjectNode root = Json.object();
    root.put(Artifact.HONE, Artifact.KIND);
    root.put(Artifact.FORMAT, Artifact.FORMAT_VERSION);
    compiled.promptFormat().ifPresent(id -> root.put(Artifact.PROMPT_FORMAT, Redaction.of(id)));
    ObjectNode predictors = root.putObject(Artifact.PREDICTORS);
    compiled
        .predictors()
        .byName()
        .forEach(
            (name, predict) ->
                predictors.set(name, predictor(name, compiled.state().of(name), predict)));
    root.set(Artifact.PROVENANCE, provenance(compiled.provenance()));
    return root;
  }

  private static ObjectNode predictor(String name, PredictorState state, Predict<?, ?> predict) {
    Signature<?, ?> signature = predict.signature();
    ObjectNode node = state.toJson();
    SavedTools.write(predict.tools(), node);
    ObjectNode described = signature.describe();
    described.put(Artifact.FINGERPRINT, signature.fingerprint());
    FieldNotes.write(SavedPredictors.ownFields(name, signature), described);
    node.set(Artifact.SIGNATURE, described);
    return node;
  }

  private ObjectNode provenance(Provenance provenance) {
    ObjectNode node = Json.object();
    node.put(Artifact.OPTIMIZER, provenance.optimizer());
    node.set(Artifact.SETTINGS, provenance.settings());
    node.put(Artifact.SEED, provenance.seed());
    ArrayNode scores = node.putArray(Artifact.SCORES);
    provenance.scores().forEach(score -> scores.add(score(score)));
    node.set(Artifact.DATA_FINGERPRINTS, texts(provenance.dataFingerprints()));
    ObjectNode models = node.putObject(Artifact.MODEL_IDS);
    provenance.modelIds().forEach((role, id) -> models.put(role, withoutSecrets(id)));
    node.put(Artifact.CREATED_AT, clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    node.set(Artifact.ENVIRONMENT, environment());
    return (ObjectNode) redacted(node);
  }

  /** Texts of settings and names come from anywhere, such as the message of an exception. */
  private static JsonNode redacted(JsonNode node) {
    if (node.isString()) {
      return StringNode.valueOf(Redaction.of(node.stringValue()));
    } else if (node instanceof ObjectNode object) {
      ObjectNode copy = Json.object();
      object.properties().forEach(e -> copy.set(e.getKey(), redacted(e.getValue())));
      return copy;
    } else if (node instanceof ArrayNode array) {
      ArrayNode copy = Json.array();
      array.forEach(item -> copy.add(redacted(item)));
      return copy;
    }
    return node;
  }

  private static ObjectNode score(MeasuredScore score) {
    ObjectNode node = Json.object();
    node.put(Artifact.NAME, score.name());
    node.put(Artifact.MEAN, score.mean());
    node.put(Artifact.LOWER, score.lower());
    node.put(Artifact.UPPER, score.upper());
    node.put(Artifact.EXAMPLES, score.examples());
    return node;
  }

  private static ObjectNode texts(Map<String, String> map) {
    ObjectNode node = Json.object();
    map.forEach(node::put);
    return node;
  }

  /** Some name a model by its URL; whoever may be in there, and what is asked of it, stays out. */
  private static String withoutSecrets(String modelId) {
    return modelId.contains("://")
        ? modelId.replaceFirst("(?<=://)[^/@]*@", "").replaceFirst("[?#].*", "")
        : modelId;
  }

  private static ObjectNode environment() {
    String version = ArtifactWriter.class.getPackage().getImplementationVersion();
    ObjectNode node = Json.object();
    node.put("java", System.getProperty("java.version", ""));
    node.put("os", System.getProperty("os.name", "") + " " + System.getProperty("os.arch", ""));
    node.put("honeVersion", Objects.requireNonNullElse(version, "development"));
    return node;
  }

  /** The text of the file: keys in a fixed order, two spaces of indent, line feeds. */
  String toText(Compiled<?, ?> compiled) {
    return Json.pretty(toJson(compiled)).replace(System.lineSeparator(), "\n") + "\n";
  }
}
