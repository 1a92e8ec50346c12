package dev.hone.datasets;

import dev.hone.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A column that holds numbers for names, as the hub stores labels: 0 is the first name. In a row
 * the number is replaced by the name; -1, which the hub has for no label, by null.
 *
 * @param column the column
 * @param names the names, by number
 */
record ClassLabel(String column, List<String> names) {
  /** The class labels among the features of a viewer's export. */
  static List<ClassLabel> ofFeatures(JsonNode features) {
    List<ClassLabel> labels = new ArrayList<>();
    for (JsonNode feature : features) {
      JsonNode type = feature.path("type");
      if (type.path("_type").asString("").equals("ClassLabel")) {
        List<String> names = new ArrayList<>();
        type.path("names").forEach(name -> names.add(name.asString()));
        labels.add(new ClassLabel(feature.path("name").asString(""), names));
      }
    }
    return List.copyOf(labels);
  }

  void name(ObjectNode row) throws RowFault {
    JsonNode value = row.get(column);
    if (value == null || !value.isIntegralNumber()) {
      return;
    }
    int number = value.asInt(Integer.MAX_VALUE);
    if (number == -1) {
      row.putNull(column);
    } else if (number < 0 || number >= names.size()) {
      throw new RowFault(
          column,
          "found %s, expected the number of one of %s. Maybe the features are those of another part."
              .formatted(Json.write(value), names));
    } else {
      row.put(column, names.get(number));
    }
  }
}
