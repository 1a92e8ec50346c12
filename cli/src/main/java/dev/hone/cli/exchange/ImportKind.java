package dev.hone.cli.exchange;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** From which tool a file is. */
enum ImportKind {
  /** DSPy's saved state. */
  DSPY,
  /** Promptfoo's configuration or tests. */
  PROMPTFOO,
  /** OpenAI's evals or chat fine-tuning JSONL. */
  OPENAI;

  private static final int LOOKED_AT = 1 << 16;

  /**
   * The kind that a file looks like, by its ending and its first lines.
   *
   * @throws InvalidInputException if it looks like none
   */
  static ImportKind of(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (Files.isDirectory(file) || name.endsWith(".pkl") || name.endsWith(".pickle")) {
      return DSPY;
    } else if (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".csv")) {
      return PROMPTFOO;
    } else if (!Files.isRegularFile(file)) {
      throw InvalidInputException.of("There is no file " + file, "check its name");
    }
    return ofContent(file, name.endsWith(".jsonl"));
  }

  private static ImportKind ofContent(Path file, boolean lines) {
    String text = beginning(file);
    if (lines) {
      JsonNode first = parsed(text.lines().findFirst().orElse(""));
      return first.has("vars") ? PROMPTFOO : OPENAI;
    } else if (text.contains("\"signature\"") || text.contains("\"traces\"")) {
      return DSPY;
    } else if (text.contains("\"vars\"") || text.contains("\"tests\"")) {
      return PROMPTFOO;
    }
    throw InvalidInputException.of(
        "%s looks like no file of DSPy, promptfoo or OpenAI's evals".formatted(file),
        "say which it is with --from, or make a project of your own data: hone init FILE");
  }

  private static String beginning(Path file) {
    try (var stream = Files.newInputStream(file)) {
      return new String(stream.readNBytes(LOOKED_AT), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s cannot be read. Maybe check its rights.".formatted(file), e);
    }
  }

  private static JsonNode parsed(String line) {
    try {
      return Json.parse(line);
    } catch (JacksonException e) {
      return Json.object();
    }
  }
}
