package dev.hone.store;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Where versions are within a folder of programs. A model's id is encoded as in URLs. */
final class ProgramLayout {
  private static final String ANY_MODEL = "@any";
  private static final Pattern FILE = Pattern.compile("(\\d{4,9})\\.json");
  private static final Pattern NUMBER = Pattern.compile("\\s*(\\d{1,9})\\s*");

  private ProgramLayout() {}

  static String file(ProgramVersion version) {
    return "%s/%s"
        .formatted(
            folder(version.name(), version.model()),
            String.format(Locale.ROOT, "%04d.json", version.number()));
  }

  static String current(String name, String model) {
    return folder(name, model) + "/current";
  }

  /** The folder of the versions for a model. */
  static String folder(String name, String model) {
    return ProgramVersion.requireName(name) + "/" + encoded(ProgramVersion.requireModel(model));
  }

  /** Never a dot alone, nor a separator of any system. */
  private static String encoded(String model) {
    return model.isEmpty()
        ? ANY_MODEL
        : URLEncoder.encode(model, StandardCharsets.UTF_8).replace(".", "%2E").replace("*", "%2A");
  }

  /** The model of a folder's name; empty for a folder that is none. */
  static Optional<String> modelOf(String folder) {
    if (folder.equals(ANY_MODEL)) {
      return Optional.of("");
    }
    try {
      return Optional.of(URLDecoder.decode(folder, StandardCharsets.UTF_8))
          .filter(model -> encoded(model).equals(folder));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The number of a file's name; empty for a file that is no version. */
  static Optional<Integer> numberOf(String file) {
    return number(FILE.matcher(file));
  }

  /** The number in the file {@code current}; empty if it has none. */
  static Optional<Integer> numberIn(String text) {
    return number(NUMBER.matcher(text));
  }

  private static Optional<Integer> number(Matcher matcher) {
    return matcher.matches()
        ? Optional.of(Integer.valueOf(matcher.group(1))).filter(number -> number > 0)
        : Optional.empty();
  }

  static ObjectNode parsed(String text, String where) {
    try {
      if (Json.parseFile(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "%s is no JSON: %s. Maybe it was cut off, or is being written."
              .formatted(where, Json.problem(e)),
          e);
    }
    throw InvalidInputException.of(where + " is not a JSON object", "use what Compiled.save wrote");
  }
}
