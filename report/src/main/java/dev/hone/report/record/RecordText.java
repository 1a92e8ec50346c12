package dev.hone.report.record;

import dev.hone.InvalidInputException;
import dev.hone.file.WholeFile;
import dev.hone.report.data.RunData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes and reads records as JSON. Read into closed records of texts and numbers only: no class is
 * ever named in a file. What is not known is passed over, what is missing is empty.
 */
public final class RecordText {
  private static final long MOST_BYTES = 256L << 20;
  private static final String FILE = "record.json";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private RecordText() {}

  /** The JSON of a record. */
  public static String of(RunData data) {
    return MAPPER.writeValueAsString(data);
  }

  /**
   * Reads a file, or that of a run folder.
   *
   * @throws InvalidInputException if it cannot be used
   */
  public static RunData read(Path path) {
    Path file = Files.isDirectory(path) ? path.resolve(FILE) : path;
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw InvalidInputException.of(
            "%s has %d MB, expected a record of at most 256 MB"
                .formatted(file, Files.size(file) >> 20),
            "it is another file");
      }
      return parse(file.toString(), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw InvalidInputException.of(
          "There is no record of a run: " + file,
          "name the run's folder, such as NAME.runs/20261130-101500, or its record.json");
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s cannot be read: %s. Maybe it is another file.".formatted(file, WholeFile.inWords(e)),
          e);
    }
  }

  /**
   * Reads a text.
   *
   * @param name what it is called in errors
   * @throws InvalidInputException if it is no record
   */
  public static RunData parse(String name, String json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      requireRecord(name, node);
      return MAPPER.treeToValue(node, RunData.class);
    } catch (JacksonException e) {
      throw unreadable(name, e);
    }
  }

  private static void requireRecord(String name, @Nullable JsonNode node) {
    if (node == null || !node.path("schema").isIntegralNumber() || !node.path("head").isObject()) {
      throw InvalidInputException.of(
          name + ": this is no record of a run, expected JSON with \"schema\" and \"head\"",
          "it is another file; a run folder's is " + FILE);
    }
    if (node.path("schema").asLong() > RunData.SCHEMA) {
      throw InvalidInputException.of(
          "%s has the schema version %s, expected at most %d"
              .formatted(name, node.path("schema"), RunData.SCHEMA),
          "a later version of Hone wrote it: update Hone");
    }
  }

  private static InvalidInputException unreadable(String name, JacksonException e) {
    String where =
        e instanceof DatabindException bind && !bind.getPath().isEmpty()
            ? "a value does not fit at " + place(bind)
            : e.getLocation() == null
                ? "it is no JSON"
                : "it is no JSON, at line %d, column %d"
                    .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    return new InvalidInputException(
        "%s cannot be read as a record: %s. Maybe it was cut off, or is another file."
            .formatted(name, where),
        e);
  }

  private static String place(DatabindException e) {
    StringBuilder place = new StringBuilder();
    e.getPath()
        .forEach(
            step ->
                place.append(
                    step.getPropertyName() == null
                        ? "[" + step.getIndex() + "]"
                        : (place.isEmpty() ? "" : ".") + step.getPropertyName()));
    return place.toString();
  }
}
