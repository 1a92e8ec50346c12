package dev.hone.local;

import java.util.List;
import java.util.Map;

/**
 * An output field as the prompt describes it.
 *
 * @param name its name
 * @param label its type in words, as the prompt has it
 * @param description what it means; may be empty
 * @param descriptions what allowed values mean, where the prompt says so
 */
record ReadField(String name, String label, String description, Map<String, String> descriptions) {

  /** The allowed values, where the type is a choice of some. */
  List<String> allowed() {
    int at = label.indexOf("one of ");
    if (at < 0) {
      return List.of();
    }
    String values = label.substring(at + 7);
    for (String end : List.of(", or null", ";")) {
      int stop = values.indexOf(end);
      values = stop < 0 ? values : values.substring(0, stop);
    }
    return List.of(values.split(" \\| ", -1)).stream().map(String::strip).toList();
  }

  boolean isMany() {
    return label.startsWith("set of ") || label.startsWith("list of ");
  }

  boolean isOptional() {
    return label.contains(", or null");
  }
}
