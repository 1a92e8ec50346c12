package dev.hone.datasets;

import dev.hone.json.Json;
import dev.hone.text.Excerpt;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes values out of a row, and says what is wrong where they are not what is expected. */
final class RowFields {
  private static final int SHOWN = 60;

  private RowFields() {}

  /** The text of a field, which must be there and not blank. */
  static String text(ObjectNode row, String field) throws RowFault {
    JsonNode value = row.get(field);
    if (value == null || value.isNull()) {
      throw new RowFault(
          field,
          "the field is missing, found %s. Maybe it is a row of another data set, or its test part."
              .formatted(names(row)));
    }
    String text = text(value, field);
    if (text.isBlank()) {
      throw new RowFault(field, "found a blank text. Maybe leave the row out.");
    }
    return text;
  }

  /** A value as text. */
  static String text(JsonNode value, String path) throws RowFault {
    if (!value.isString()) {
      throw unfit(path, value, "text");
    }
    return value.stringValue();
  }

  /** The items of an array, whose lengths are those of their text. */
  static List<String> texts(@Nullable JsonNode value, String path) throws RowFault {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : array(value, path)) {
      texts.add(text(item, path + "[" + texts.size() + "]"));
    }
    return texts;
  }

  /** An array. */
  static JsonNode array(@Nullable JsonNode value, String path) throws RowFault {
    if (value == null || !value.isArray()) {
      throw unfit(path, value, "a list");
    }
    return value;
  }

  static RowFault unfit(String path, @Nullable JsonNode value, String expected) {
    String found = value == null ? "nothing" : Excerpt.ofLine(Json.write(value), SHOWN);
    return new RowFault(
        path,
        "found %s, expected %s. Maybe the file is in another form of this data set."
            .formatted(found, expected));
  }

  private static String names(ObjectNode row) {
    return row.isEmpty() ? "an empty row" : "only " + String.join(", ", row.propertyNames());
  }
}
