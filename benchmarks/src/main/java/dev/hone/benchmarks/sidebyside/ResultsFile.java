package dev.hone.benchmarks.sidebyside;

import dev.hone.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Results as JSON lines, one a run, to which several processes append: a run that is there is not
 * made again.
 */
final class ResultsFile {
  private final Path file;
  private final Set<List<String>> known = new HashSet<>();

  /** The file, with what it holds already. */
  ResultsFile(Path file) throws IOException {
    this.file = file;
    for (JsonNode row : rows(file)) {
      known.add(key(row));
    }
  }

  /** The rows of a file; none where there is no file. */
  static List<JsonNode> rows(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(Json::parse).toList();
    }
  }

  /** The beginning of a row: what is run. */
  static ObjectNode row(String program, String task, long seed, String weighting) {
    return Json.object()
        .put("program", program)
        .put("task", task)
        .put("seed", seed)
        .put("weighting", weighting);
  }

  private static List<String> key(JsonNode row) {
    return Stream.of("program", "task", "seed", "weighting")
        .map(name -> row.path(name).asString())
        .toList();
  }

  /** Whether the run that a row begins with is in the file. */
  boolean has(ObjectNode row) {
    return known.contains(key(row));
  }

  /** Appends a row, in one write. */
  void append(ObjectNode row) throws IOException {
    Files.writeString(
        file,
        Json.write(row) + "\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    known.add(key(row));
  }
}
