package dev.hone.optimize.log;

import dev.hone.file.UnwritableFileException;
import dev.hone.file.WholeFile;
import dev.hone.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Texts by their content: a folder of files whose names are the SHA-256 of what they hold, so that
 * equal texts are one file, and no file ever changes.
 */
record PromptTexts(Path folder) {
  /** Writes a text, unless it is there; gives its name. */
  String put(String text) {
    String name = Json.sha256(text);
    Path file = folder.resolve(name + ".txt");
    if (!Files.exists(file)) {
      try {
        new WholeFile(file, "runs.jsonl").write(text);
      } catch (UnwritableFileException e) {
        throw new RunLogException(
            "%s: a prompt cannot be written here: %s. Maybe %s."
                .formatted(file, e.problem(), e.fix()),
            e);
      }
    }
    return name;
  }

  /** Writes the texts of a saved predictor; gives their names. */
  ObjectNode prompt(JsonNode predictor) {
    String demos =
        predictor
            .path("demos")
            .valueStream()
            .map(demo -> Json.write(demo) + "\n")
            .collect(Collectors.joining());
    ObjectNode names =
        Json.object()
            .put("instructions", put(predictor.path("instructions").asString("") + "\n"))
            .put("demos", put(demos))
            .put("demoCount", predictor.path("demos").size());
    JsonNode tools = predictor.path("toolDescriptions");
    return tools.isEmpty() ? names : names.put("toolDescriptions", put(Json.write(tools) + "\n"));
  }

  /** Reads a text. */
  String get(String name) {
    Path file = folder.resolve(name + ".txt");
    if (!name.matches("[0-9a-f]{64}")) {
      throw new RunLogException(
          "The log names the prompt \"%s\", expected a SHA-256. Maybe the line was edited."
              .formatted(name),
          null);
    }
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new RunLogException(
          "%s: a prompt of the log cannot be read: %s. Maybe keep this folder beside the log."
              .formatted(file, WholeFile.inWords(e)),
          e);
    }
  }

  /** Reads a JSON object of texts. */
  Map<String, String> map(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    Json.parse(get(name))
        .properties()
        .forEach(e -> texts.put(e.getKey(), e.getValue().asString("")));
    return Collections.unmodifiableMap(texts);
  }
}
