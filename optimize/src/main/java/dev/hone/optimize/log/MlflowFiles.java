package dev.hone.optimize.log;

import dev.hone.file.UnwritableFileException;
import dev.hone.file.WholeFile;
import dev.hone.json.Json;
import dev.hone.optimize.OptimizationReport;
import dev.hone.optimize.Optimized;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs as MLflow's file store keeps them, the folder {@code mlruns}, so that its user interface
 * shows them: settings, seed, data and models as parameters, scores and costs as metrics, the
 * configuration as tags; the saved program, each predictor's instructions and the report as
 * artifacts. Makes no call and opens no connection; MLflow's REST interface is not spoken. Holds no
 * credential, but the demos. Each run is a folder of its own, so that several may be written at
 * once.
 *
 * <pre>{@code
 * MlflowFiles.of(Path.of("mlruns"), "moderation").write(tuned);
 * // mlflow ui --backend-store-uri mlruns
 * }</pre>
 */
public final class MlflowFiles {
  /** The longest value of a parameter that MLflow takes. */
  private static final int MOST_OF_PARAMETER = 6_000;

  private static final String META = "meta.yaml";
  private static final int FINISHED = 3;
  private static final int LOCAL = 4;

  private final Path folder;
  private final String experiment;
  private final Clock clock;

  MlflowFiles(Path folder, String experiment, Clock clock) {
    this.folder = folder;
    this.experiment = experiment;
    this.clock = clock;
  }

  /**
   * The runs of an experiment; nothing is written by this.
   *
   * @param folder the folder of the file store, {@code mlruns} as a rule
   * @param experiment the name of the experiment, which is made if it is not there
   */
  public static MlflowFiles of(Path folder, String experiment) {
    return new MlflowFiles(folder, experiment, Clock.systemUTC());
  }

  /**
   * Writes a run.
   *
   * @return the run's folder, whose name is the run's id
   * @throws RunLogException if it cannot be written
   */
  public Path write(Optimized<?, ?, ?> optimized) {
    long now = clock.millis();
    String id = UUID.randomUUID().toString().replace("-", "");
    Path parent = folder.resolve(experimentId(now));
    Path run = parent.resolve(id);
    ObjectNode saved = optimized.compiled().toJson();
    JsonNode provenance = saved.path("provenance");
    parameters(provenance).forEach((name, value) -> put(run, "params/" + name, value));
    metrics(provenance, optimized.report())
        .forEach((name, value) -> put(run, "metrics/" + name, "%d %s 0\n".formatted(now, value)));
    tags(provenance, optimized.report(), id)
        .forEach((name, value) -> put(run, "tags/" + name, value));
    put(run, "artifacts/program.json", Json.pretty(saved) + "\n");
    put(run, "artifacts/report.txt", optimized.report().toString());
    saved
        .path("predictors")
        .properties()
        .forEach(
            e ->
                put(
                    run,
                    "artifacts/" + safe(e.getKey()) + ".instructions.txt",
                    e.getValue().path("instructions").asString("")));
    long start = now - optimized.report().duration().toMillis();
    // Last, since a folder without it is no run yet.
    put(
        run,
        META,
        meta(run, parent, id, start, now, safe(provenance.path("optimizer").asString(""))));
    return run;
  }

  private static Map<String, String> parameters(JsonNode provenance) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("optimizer", provenance.path("optimizer").asString(""));
    values.put("seed", provenance.path("seed").toString());
    flatten("", provenance.path("settings"), values);
    flatten("data.", provenance.path("dataFingerprints"), values);
    flatten("model.", provenance.path("modelIds"), values);
    return values;
  }

  private static void flatten(String prefix, JsonNode node, Map<String, String> values) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      JsonNode value = entry.getValue();
      if (value instanceof ObjectNode object) {
        flatten(prefix + entry.getKey() + ".", object, values);
      } else {
        String text = value.isString() ? value.stringValue() : Json.write(value);
        values.put(
            safe(prefix + entry.getKey()),
            text.substring(0, Math.min(text.length(), MOST_OF_PARAMETER)));
      }
    }
  }

  private static Map<String, Double> metrics(JsonNode provenance, OptimizationReport report) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (JsonNode score : provenance.path("scores")) {
      String name = safe(score.path("name").asString("score").replace(' ', '_'));
      values.put(name, score.path("mean").asDouble(0));
      values.put(name + ".lower", score.path("lower").asDouble(0));
      values.put(name + ".upper", score.path("upper").asDouble(0));
    }
    values.put("lm_calls", (double) report.spend().lmCalls());
    values.put("cached_calls", (double) report.spend().cachedCalls());
    values.put("tokens", (double) report.spend().usage().totalTokens());
    values.put("seconds", report.duration().toMillis() / 1000.0);
    return values;
  }

  private static Map<String, String> tags(
      JsonNode provenance, OptimizationReport report, String id) {
    Map<String, String> values = new LinkedHashMap<>();
    String optimizer = provenance.path("optimizer").asString("");
    values.put("mlflow.runName", optimizer + "-" + id.substring(0, 8));
    values.put("mlflow.source.name", "Hone");
    values.put("mlflow.source.type", "LOCAL");
    values.put("finish_reason", report.finishReason().name().toLowerCase(Locale.ROOT));
    report
        .configuration()
        .forEach((name, choice) -> values.put(safe(name), String.valueOf(choice)));
    return values;
  }

  /** The id of the experiment of this name; made if there is none. */
  private synchronized String experimentId(long now) {
    try {
      Files.createDirectories(folder);
      try (var children = Files.list(folder)) {
        for (Path child : children.sorted().toList()) {
          Path meta = child.resolve(META);
          if (Files.isRegularFile(meta) && isOfExperiment(meta)) {
            return child.getFileName().toString();
          }
        }
      }
    } catch (IOException e) {
      throw new RunLogException(
          "%s: the runs cannot be written here: %s. Maybe choose another folder."
              .formatted(folder, WholeFile.inWords(e)),
          e);
    }
    String id = String.valueOf(Long.parseLong(Json.sha256(experiment).substring(0, 14), 16));
    put(
        folder.resolve(id),
        META,
        yaml(
            Map.of(
                "artifact_location", quoted(uri(folder.resolve(id))),
                "creation_time", String.valueOf(now),
                "experiment_id", quoted(id),
                "last_update_time", String.valueOf(now),
                "lifecycle_stage", "active",
                "name", quoted(experiment))));
    return id;
  }

  /** Whether it names the experiment; one that is damaged names none. */
  private boolean isOfExperiment(Path meta) throws IOException {
    return new String(Files.readAllBytes(meta), StandardCharsets.UTF_8)
        .lines()
        .anyMatch(("name: " + quoted(experiment))::equals);
  }

  private String meta(Path run, Path parent, String id, long start, long end, String optimizer) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("artifact_uri", quoted(uri(run.resolve("artifacts"))));
    values.put("end_time", String.valueOf(end));
    values.put("entry_point_name", "''");
    values.put("experiment_id", quoted(parent.getFileName().toString()));
    values.put("lifecycle_stage", "active");
    values.put("run_id", quoted(id));
    values.put("run_name", quoted(optimizer + "-" + id.substring(0, 8)));
    values.put("run_uuid", quoted(id));
    values.put("source_name", "''");
    values.put("source_type", String.valueOf(LOCAL));
    values.put("source_version", "''");
    values.put("start_time", String.valueOf(start));
    values.put("status", String.valueOf(FINISHED));
    values.put("tags", "[]");
    values.put("user_id", "''");
    return yaml(values);
  }

  private static String yaml(Map<String, String> values) {
    StringBuilder text = new StringBuilder();
    values.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> text.append(e.getKey()).append(": ").append(e.getValue()).append('\n'));
    return text.toString();
  }

  /** A text as a YAML scalar on one line. */
  private static String quoted(String text) {
    return "'" + text.replaceAll("\\s+", " ").replace("'", "''") + "'";
  }

  private static String uri(Path path) {
    return path.toAbsolutePath().normalize().toUri().toString().replaceFirst("/$", "");
  }

  /** A name that MLflow takes, and that is one file: letters, digits, and {@code _ - . space}. */
  private static String safe(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9_.\\- ]", "_");
    return plain.isEmpty() || plain.matches("\\.+") ? "_" : plain;
  }

  private static void put(Path folder, String name, String text) {
    Path file = folder.resolve(name);
    try {
      new WholeFile(file, "mlruns").write(text);
    } catch (UnwritableFileException e) {
      throw new RunLogException(
          "%s: the run cannot be written here: %s. Maybe %s.".formatted(file, e.problem(), e.fix()),
          e);
    }
  }
}
