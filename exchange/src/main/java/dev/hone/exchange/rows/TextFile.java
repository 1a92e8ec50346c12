package dev.hone.exchange.rows;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Files of other tools, read as trees. Never more than 256 MB, never an address. */
final class TextFile {
  private static final long MOST_BYTES = 256L * 1024 * 1024;
  private static final int MOST_LEVELS = 200;

  private TextFile() {}

  /** Whether a file is in the folder of another, or below it, links followed. */
  static boolean isBelow(Path file, Path other) {
    try {
      Path folder = other.toAbsolutePath().normalize().getParent();
      Path below = file.toAbsolutePath().normalize();
      return folder != null
          && below.startsWith(folder)
          && (!Files.exists(below) || below.toRealPath().startsWith(folder.toRealPath()));
    } catch (IOException e) {
      return false;
    }
  }

  static String read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw InvalidInputException.of(
            "%s has %,d bytes, and %,d are read at most"
                .formatted(file, Files.size(file), MOST_BYTES),
            "cut it into several files");
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s cannot be read. Maybe check its name and its rights.".formatted(file), e);
    }
  }

  /** A file of YAML, or of JSON, which is YAML too. */
  static JsonNode yaml(Path file) {
    try {
      YAMLFactory factory =
          YAMLFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(MOST_LEVELS).build())
              .build();
      return YAMLMapper.builder(factory).build().readTree(read(file));
    } catch (JacksonException e) {
      throw unreadable(file, e.getLocation() == null ? 0 : e.getLocation().getLineNr(), e);
    }
  }

  /** A file with a JSON value on each line; empty lines are passed over. */
  static List<JsonNode> jsonl(Path file) {
    List<JsonNode> rows = new ArrayList<>();
    int line = 0;
    for (String text : read(file).split("\\R", -1)) {
      line++;
      if (!text.isBlank()) {
        try {
          rows.add(Json.parse(text));
        } catch (JacksonException e) {
          throw unreadable(file, line, e);
        }
      }
    }
    return rows;
  }

  private static InvalidInputException unreadable(Path file, int line, JacksonException e) {
    String problem = Json.problem(e).lines().findFirst().orElse("");
    return InvalidInputException.of(
        "%s, line %d: %s".formatted(file, Math.max(1, line), problem), "correct that line");
  }

  /** Whether a file's name has an ending, in any case. */
  static boolean ends(Path file, String... endings) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return List.of(endings).stream().anyMatch(name::endsWith);
  }
}
