package dev.hone.optimize.log;

import dev.hone.file.UnwritableFileException;
import dev.hone.file.WholeFile;
import dev.hone.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
}
