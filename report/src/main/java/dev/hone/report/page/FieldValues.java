package dev.hone.report.page;

import dev.hone.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A JSON object as its fields, for people. */
public final class FieldValues {
  private static final int MOST_CHARACTERS = 1_500;
  private static final int MOST_FIELDS = 30;

  private FieldValues() {}

  /**
   * A field.
   *
   * @param name its name; empty where the text is no object
   * @param value its value: a text as it is, all else as JSON
   * @param wrong whether another object was given beside it that has another value
   */
  public record Value(String name, String value, boolean wrong) {}

  /** The fields of a text of JSON. */
  public static List<Value> of(String json) {
    return of(json, "");
  }

  /** The fields of a text of JSON, beside those that were expected; an empty text for none. */
  public static List<Value> of(String json, String expected) {
    if (json.isEmpty()) {
      return List.of();
    }
    ObjectNode object = object(json);
    if (object == null) {
      boolean wrong = !expected.isEmpty() && !expected.equals(json);
      return List.of(new Value("", Words.excerpt(json, MOST_CHARACTERS), wrong));
    }
    ObjectNode gold = expected.isEmpty() ? null : object(expected);
    List<Value> values = new ArrayList<>();
    object
        .properties()
        .forEach(
            field -> {
              if (values.size() < MOST_FIELDS) {
                JsonNode other = gold == null ? null : gold.get(field.getKey());
                boolean wrong = other != null && !other.equals(field.getValue());
                values.add(new Value(field.getKey(), text(field.getValue()), wrong));
              }
            });
    return values;
  }

  private static String text(JsonNode value) {
    String text = value.isString() ? value.stringValue() : Json.write(value);
    return Words.excerpt(text, MOST_CHARACTERS);
  }

  private static @org.jspecify.annotations.Nullable ObjectNode object(String json) {
    try {
      return Json.parseFile(json) instanceof ObjectNode object ? object : null;
    } catch (JacksonException e) {
      return null;
    }
  }
}
