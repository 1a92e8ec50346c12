package dev.hone.benchmarks.small;

import dev.hone.benchmarks.quality.Landscape;
import dev.hone.json.Json;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.Dimension;
import dev.hone.optimize.search.SearchSpace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/**
 * A task whose outcomes were recorded: what every configuration scored on every validation example,
 * and in the mean on a test set. Validation outcomes are played; the test mean is the true score.
 *
 * <p>Its file has JSON lines, one search space each, and may be compressed with gzip. A line is
 *
 * <pre>{"family": "MINE", "task": "support", "demoLimit": 4, "seed": 1,
 * "dimensions": [{"predictor": "p", "part": "INSTRUCTIONS", "choices": 3},
 *                {"predictor": "p", "part": "DEMOS", "choices": 6}],
 * "baseline": [0, 0],
 * "distances": [[[0, 0.2, 0.3], …], …],
 * "configurations": [
 *   {"choices": [0, 0], "demos": 0, "tokens": 210.0, "test": 0.49, "validation": [1, 0, 0.5, …]},
 *   …]}</pre>
 *
 * <p>{@code tokens} are prompt and completion tokens of one call in the mean; {@code demos} is how
 * many demos the prompt shows. Every configuration of the space must be there, with as many
 * validation scores as every other. {@code distances} are 1 less the cosines of the embeddings of
 * any two candidates of a dimension, and may be left out: then any two are 1 apart.
 */
public final class RecordedLandscape implements Landscape {
  private record Row(double[] validation, double test, double tokens, int demos) {}

  private final String family;
  private final String task;
  private final SearchSpace space;
  private final Configuration baseline;
  private final List<double[][]> distances = new ArrayList<>();
  private final Map<Configuration, Row> rows = new HashMap<>();

  private RecordedLandscape(JsonNode line) {
    family = line.get("family").stringValue();
    task =
        "%s, at most %d demos, seed %d"
            .formatted(
                line.get("task").stringValue(),
                line.get("demoLimit").intValue(),
                line.get("seed").intValue());
    space = space(line.get("dimensions"));
    baseline = configuration(line.get("baseline"));
    for (JsonNode each : line.path("distances")) {
      List<double[]> table = new ArrayList<>();
      each.forEach(row -> table.add(doubles(row)));
      distances.add(table.toArray(double[][]::new));
    }
    for (JsonNode each : line.get("configurations")) {
      rows.put(configuration(each.get("choices")), row(each));
    }
    requireComplete();
  }

  private static SearchSpace space(JsonNode array) {
    List<Dimension> dimensions = new ArrayList<>();
    for (JsonNode each : array) {
      dimensions.add(
          new Dimension(
              each.get("predictor").stringValue(),
              Dimension.Part.valueOf(each.get("part").stringValue()),
              each.get("choices").intValue()));
    }
    return new SearchSpace(dimensions);
  }

  private static Row row(JsonNode configuration) {
    return new Row(
        doubles(configuration.get("validation")),
        configuration.get("test").doubleValue(),
        configuration.get("tokens").doubleValue(),
        configuration.get("demos").intValue());
  }

  private void requireComplete() {
    for (long i = 0; i < space.size(); i++) {
      Row row = rows.get(space.at(i));
      if (row == null || row.validation().length != exampleCount()) {
        throw new IllegalArgumentException(
            "%s: configuration %s has %s validation scores, expected %d. Maybe it was not recorded to the end."
                .formatted(
                    task,
                    space.at(i).choices(),
                    row == null ? "no" : row.validation().length,
                    exampleCount()));
      }
    }
  }

  private static Configuration configuration(JsonNode choices) {
    List<Integer> indices = new ArrayList<>();
    choices.forEach(each -> indices.add(each.intValue()));
    return new Configuration(indices);
  }

  private static double[] doubles(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).doubleValue();
    }
    return values;
  }

  /** The tasks of a file of JSON lines; compressed where its name ends in {@code .gz}. */
  public static List<RecordedLandscape> read(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      return read(file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes);
    }
  }

  /** The tasks that come with this benchmark: of the stand-in model and of the embedded model. */
  public static List<RecordedLandscape> all() throws IOException {
    List<RecordedLandscape> all = new ArrayList<>();
    for (String name : List.of("standin.jsonl.gz", "embedded.jsonl.gz")) {
      try (InputStream bytes = RecordedLandscape.class.getResourceAsStream(name)) {
        if (bytes != null) {
          all.addAll(read(new GZIPInputStream(bytes)));
        }
      }
    }
    return all;
  }

  private static List<RecordedLandscape> read(InputStream bytes) throws IOException {
    List<RecordedLandscape> tasks = new ArrayList<>();
    BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      tasks.add(new RecordedLandscape(Json.parseFile(line)));
    }
    return tasks;
  }

  @Override
  public String familyName() {
    return family;
  }

  /** The task, the limit of demos and the seed. */
  public String task() {
    return task;
  }

  @Override
  public double distance(int dimension, int first, int second) {
    return distances.isEmpty()
        ? Landscape.super.distance(dimension, first, second)
        : distances.get(dimension)[first][second];
  }

  @Override
  public SearchSpace space() {
    return space;
  }

  @Override
  public Configuration baseline() {
    return baseline;
  }

  @Override
  public int exampleCount() {
    return row(baseline).validation().length;
  }

  @Override
  public double outcome(Configuration configuration, int example) {
    return row(configuration).validation()[example];
  }

  @Override
  public double trueScore(Configuration configuration) {
    return row(configuration).test();
  }

  @Override
  public double tokens(Configuration configuration) {
    return row(configuration).tokens();
  }

  @Override
  public int demos(Configuration configuration) {
    return row(configuration).demos();
  }

  private Row row(Configuration configuration) {
    return Objects.requireNonNull(rows.get(configuration), configuration::toString);
  }
}
