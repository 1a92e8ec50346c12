package dev.hone.exchange.dspy;

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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the file that {@code program.save(path)} wrote, and says what is wrong with others. */
final class DspyReader {
  /** The name of a predictor on its own, whose state is the whole file. */
  static final String SELF = "self";

  static final String METADATA = "metadata";
  static final String SIGNATURE = "signature";
  static final String INSTRUCTIONS = "instructions";
  static final String FIELDS = "fields";
  static final String PREFIX = "prefix";
  static final String DESCRIPTION = "description";
  static final String DEMOS = "demos";
  private static final long MOST_BYTES = 64L * 1024 * 1024;
  private static final String SAVE = "save it with program.save(\"program.json\")";

  private final String source;

  DspyReader(String source) {
    this.source = source;
  }

  /** The JSON of a file; a pickle, and a folder with one, are refused unread. */
  static JsonNode parse(Path file) {
    requireJson(file);
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw InvalidInputException.of(
            "%s has %,d bytes, and a saved state at most %,d"
                .formatted(file, Files.size(file), MOST_BYTES),
            SAVE);
      }
      return Json.parseFile(text(file));
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s cannot be read. Maybe check its name and its rights.".formatted(file), e);
    } catch (JacksonException e) {
      throw InvalidInputException.of("%s is not JSON: %s".formatted(file, Json.problem(e)), SAVE);
    }
  }

  private static String text(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static void requireJson(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (Files.isDirectory(file)) {
      throw InvalidInputException.of(
          "%s is a folder; what DSPy saves in one (save_program=True) is a pickle, which would run"
                  .formatted(file)
              + " its code when it is read",
          SAVE);
    }
    if (name.endsWith(".pkl") || name.endsWith(".pickle") || isPickle(file)) {
      throw InvalidInputException.of(
          "%s is a pickle, which would run its code when it is read, so it is not".formatted(file),
          SAVE);
    }
  }

  /** A pickle of protocol 2 or later begins with a byte that no text has. */
  private static boolean isPickle(Path file) {
    try (var stream = Files.newInputStream(file)) {
      return stream.read() == 0x80;
    } catch (IOException e) {
      return false;
    }
  }

  /** The predictors, in the file's order. */
  List<DspyPredictor> predictors(JsonNode root) {
    if (!(root instanceof ObjectNode object)) {
      throw bad("it is no JSON object");
    }
    if (object.has("hone")) {
      throw InvalidInputException.of(
          source + " is a file of Hone, not of DSPy", "load it with Compiled.load");
    }
    if (object.path(SIGNATURE).path(INSTRUCTIONS).isString()) {
      return List.of(predictor(SELF, object));
    }
    List<DspyPredictor> predictors = new ArrayList<>();
    object.forEachEntry(
        (name, node) -> {
          if (!name.equals(METADATA)) {
            predictors.add(predictor(name, node));
          }
        });
    if (predictors.isEmpty()) {
      throw bad("it has no predictors");
    }
    return predictors;
  }

  private DspyPredictor predictor(String name, JsonNode node) {
    JsonNode signature = node.path(SIGNATURE);
    if (!signature.isObject()) {
      throw bad(
          "\"%s\" has no \"signature\", as every predictor of DSPy 2.6 and later has"
              .formatted(name));
    }
    JsonNode instructions = signature.path(INSTRUCTIONS);
    if (!instructions.isString()) {
      throw bad("\"%s.signature.instructions\" is no text".formatted(name));
    }
    return new DspyPredictor(
        name,
        instructions.stringValue(),
        fields(name, signature.path(FIELDS)),
        demos(name, node.path(DEMOS)),
        leftOut(node));
  }

  private List<DspyField> fields(String name, JsonNode node) {
    if (!node.isArray() || node.isEmpty()) {
      throw bad("\"%s.signature.fields\" is no list of fields".formatted(name));
    }
    List<DspyField> fields = new ArrayList<>();
    for (JsonNode field : node) {
      if (!field.path(PREFIX).isString() || !field.path(DESCRIPTION).isString()) {
        throw bad(
            "\"%s.signature.fields[%d]\" has no \"prefix\" and \"description\""
                .formatted(name, fields.size()));
      }
      fields.add(
          new DspyField(field.path(PREFIX).stringValue(), field.path(DESCRIPTION).stringValue()));
    }
    return fields;
  }

  private List<ObjectNode> demos(String name, JsonNode node) {
    if (!node.isArray()) {
      throw bad("\"%s.demos\" is no list".formatted(name));
    }
    List<ObjectNode> demos = new ArrayList<>();
    for (JsonNode demo : node) {
      if (!(demo instanceof ObjectNode object)) {
        throw bad("\"%s.demos[%d]\" is no object".formatted(name, demos.size()));
      }
      demos.add(object);
    }
    return demos;
  }

  private static List<String> leftOut(JsonNode node) {
    List<String> phrases = new ArrayList<>();
    if (node.path("lm").isObject()) {
      phrases.add("its model " + node.path("lm").path("model").asString("of its own"));
    }
    if (node.path(FIELDS).isObject() && !node.path(FIELDS).isEmpty()) {
      phrases.add("the criteria of its decisions");
    }
    return phrases;
  }

  private InvalidInputException bad(String problem) {
    return InvalidInputException.of(
        "%s is no state that DSPy saved: %s".formatted(source, problem), SAVE);
  }
}
